/** What is known of an operation, whichever service does it. */
interface OperationRow {
  /** The name of its step. */
  readonly label: string;
  /** Which of a parent's `actions` allow it (those after an upscale are guessed); none: any. */
  readonly allowedBy?: RegExp;
  /** Whose task it mostly goes on from, where that is not `imagine`. */
  readonly follows?: 'upscale' | 'video';
}

/** What can follow a task with pictures: words that no task with films has. */
const PICTURES = /^(animate|upscale(?!_video)|vary|variation|reroll|high_|low_)/i;

/** Every kind of task, by its step's key, which is Midjourney's word for it. */
export const OPERATIONS = {
  imagine: { label: 'Create Images (Imagine)' },
  upscale: { label: 'Upscale Image', allowedBy: /upscale(?!_video)/i },
  variation: { label: 'Vary Image', allowedBy: /variation|vary/i },
  reroll: { label: 'Reroll Images', allowedBy: /reroll/i },
  describe: { label: 'Describe Image' },
  blend: { label: 'Blend Images' },
  seed: { label: 'Get Seed' },
  pan: { label: 'Pan Image', allowedBy: /pan/i, follows: 'upscale' },
  outpaint: { label: 'Zoom Out (Outpaint)', allowedBy: /outpaint|zoom/i, follows: 'upscale' },
  inpaint: { label: 'Repaint Area (Inpaint)', allowedBy: /inpaint|region/i, follows: 'upscale' },
  remix: { label: 'Remix Image', allowedBy: PICTURES },
  enhance: { label: 'Enhance Draft', allowedBy: PICTURES },
  retexture: { label: 'Retexture Image' },
  remove_background: { label: 'Remove Background' },
  shorten: { label: 'Shorten Prompt' },
  video: { label: 'Animate Image (Video)', allowedBy: PICTURES },
  extend_video: { label: 'Extend Video', allowedBy: /extend_video/i, follows: 'video' },
  upscale_video: { label: 'Upscale Video', allowedBy: /upscale_video/i, follows: 'video' },
  run_task: { label: 'Run Any Model' },
} as const satisfies Readonly<Record<string, OperationRow>>;

export type Operation = keyof typeof OPERATIONS;

/** The operation whose task this one mostly goes on from. */
export function usuallyFollows(operation: Operation): Operation {
  const { follows }: OperationRow = OPERATIONS[operation];
  return follows ?? 'imagine';
}

export const isOperation = (word: string): word is Operation => Object.hasOwn(OPERATIONS, word);

/** Whether a finished task's actions let this operation follow. If the service lists none, all do. */
export function canFollow(operation: Operation, actions: readonly string[]): boolean {
  const { allowedBy }: OperationRow = OPERATIONS[operation];
  return actions.length === 0 || !allowedBy || actions.some((action) => allowedBy.test(action));
}
