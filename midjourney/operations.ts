/** Every kind of task: its step's key, which is Midjourney's word for it, and its name. */
export const OPERATION_LABELS = {
  imagine: 'Imagine',
  upscale: 'Upscale',
  variation: 'Variation',
  reroll: 'Reroll',
  describe: 'Describe',
  blend: 'Blend',
  seed: 'Seed',
  pan: 'Pan',
  outpaint: 'Outpaint',
  inpaint: 'Inpaint',
  run_task: 'Run Any Model',
} as const;

export type Operation = keyof typeof OPERATION_LABELS;

export const isOperation = (word: string): word is Operation =>
  Object.hasOwn(OPERATION_LABELS, word);

/** Words in a parent's `actions` that allow an operation (those after an upscale are guessed). */
const ACTIONS: { readonly [Key in Operation]?: RegExp } = {
  upscale: /upscale/i,
  variation: /variation|vary/i,
  reroll: /reroll/i,
  pan: /pan/i,
  outpaint: /outpaint|zoom/i,
  inpaint: /inpaint|region/i,
};

/** Whether a finished task's actions let this operation follow. A service that names none forbids none. */
export const canFollow = (operation: Operation, actions: readonly string[]): boolean => {
  const words = ACTIONS[operation];
  return actions.length === 0 || !words || actions.some((action) => words.test(action));
};
