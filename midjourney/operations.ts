/** What is made; `edit` is a medium that was there before. */
export type Kind = 'image' | 'video' | 'audio' | '3d' | 'edit' | 'text';

/** What is known of an operation, whichever service does it. */
interface OperationRow {
  /** The name of its step. */
  readonly label: string;
  /** Which of a parent's `actions` allow it (those after an upscale are guessed); none: any. */
  readonly allowedBy?: RegExp;
  /** Whose task it mostly goes on from, where that is not `imagine`. */
  readonly follows?: 'upscale' | 'video';
  /** What it makes, where that is no image; `any` where it is only known from the result. */
  readonly makes?: Kind | 'any';
  /** It is no operation of Midjourney, but runs another model. */
  readonly runsModel?: true;
}

/** What can follow a task with pictures: words that no task with films has. */
const PICTURES = /^(animate|upscale(?!_video)|vary|variation|reroll|high_|low_)/i;

/** Every kind of task, by its step's key, which is Midjourney's word for it. */
export const OPERATIONS = {
  imagine: { label: 'Create Images (Imagine)' },
  upscale: { label: 'Upscale Image', allowedBy: /upscale(?!_video)/i },
  variation: { label: 'Vary Image', allowedBy: /variation|vary/i },
  reroll: { label: 'Reroll Images', allowedBy: /reroll/i },
  describe: { label: 'Describe Image', makes: 'text' },
  blend: { label: 'Blend Images' },
  seed: { label: 'Get Seed', makes: 'text' },
  pan: { label: 'Pan Image', allowedBy: /pan/i, follows: 'upscale' },
  outpaint: { label: 'Zoom Out (Outpaint)', allowedBy: /outpaint|zoom/i, follows: 'upscale' },
  inpaint: { label: 'Repaint Area (Inpaint)', allowedBy: /inpaint|region/i, follows: 'upscale' },
  remix: { label: 'Remix Image', allowedBy: PICTURES },
  enhance: { label: 'Enhance Draft', allowedBy: PICTURES },
  retexture: { label: 'Retexture Image' },
  remove_background: { label: 'Remove Background' },
  shorten: { label: 'Shorten Prompt', makes: 'text' },
  video: { label: 'Animate Image (Video)', allowedBy: PICTURES, makes: 'video' },
  extend_video: {
    label: 'Extend Video',
    allowedBy: /extend_video/i,
    follows: 'video',
    makes: 'video',
  },
  upscale_video: {
    label: 'Upscale Video',
    allowedBy: /upscale_video/i,
    follows: 'video',
    makes: 'video',
  },
  create_video: { label: 'Create Video', makes: 'video', runsModel: true },
  create_image: { label: 'Create Image with Another Model', runsModel: true },
  create_audio: { label: 'Create Audio', makes: 'audio', runsModel: true },
  create_3d_model: { label: 'Create 3D Model', makes: '3d', runsModel: true },
  edit_media: { label: 'Edit Media', makes: 'edit', runsModel: true },
  run_task: { label: 'Run Any Model', makes: 'any', runsModel: true },
} as const satisfies Readonly<Record<string, OperationRow>>;

export type Operation = keyof typeof OPERATIONS;

/** The operation whose task this one mostly goes on from. */
export function usuallyFollows(operation: Operation): Operation {
  const { follows } = rowOf(operation);
  return follows ?? 'imagine';
}

const rowOf = (operation: Operation): OperationRow => OPERATIONS[operation];

/** Whether an operation runs another model than Midjourney. */
export const runsModel = (operation: string): boolean =>
  isOperation(operation) && (rowOf(operation).runsModel ?? false);

/** Whether a task of an account's list may be of a step: Run Any Model runs the models of the others too. */
export const mayBeOf = (operation: string, step: string): boolean =>
  operation === step || (step === 'run_task' && runsModel(operation));

/** Whether its models are those that it makes something with, each with a form. */
export const hasForm = (operation: Operation): boolean =>
  runsModel(operation) && kindMade(operation) !== undefined;

/** What an operation makes; undefined where only the result tells. */
export function kindMade(operation: Operation): Kind | undefined {
  const { makes = 'image' } = rowOf(operation);
  return makes === 'any' ? undefined : makes;
}

export const isOperation = (word: string): word is Operation => Object.hasOwn(OPERATIONS, word);

/** The operations that run other models. */
export const MODEL_OPERATIONS: readonly Operation[] = Object.keys(OPERATIONS)
  .filter(isOperation)
  .filter(runsModel);

/** Whether a finished task's actions let this operation follow. If the service lists none, all do. */
export function canFollow(operation: Operation, actions: readonly string[]): boolean {
  const { allowedBy } = rowOf(operation);
  return actions.length === 0 || !allowedBy || actions.some((action) => allowedBy.test(action));
}
