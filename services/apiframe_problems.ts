import { type Operation, runsModel } from '../midjourney/operations.ts';
import type { TaskInput } from '../midjourney/task_input.ts';

/** Characters, with parameters and links, by operation. */
const LONGEST: { readonly [Key in Operation]?: number } = {
  imagine: 2000,
  reroll: 2000,
  inpaint: 2000,
  video: 4000,
};

/** Of base64: about 9 MB of a file. */
const LONGEST_MASK = 12_000_000;

/** The routes that start jobs; a new one is let through. */
const ROUTE = /^(images|videos|music)(\/[a-z0-9-]+){1,2}$/;

/** What is wrong with an input of APIFRAME's, as "Label: what to do". */
export function apiframeProblems(operation: Operation, input: TaskInput): string[] {
  const { prompt = '', mask_base64 = '', task_type = '' } = input;
  const longest = LONGEST[operation] ?? Number.POSITIVE_INFINITY;
  return [
    ...(prompt.length > longest
      ? [
          `Prompt: APIFRAME takes at most ${longest} characters, with parameters and links. This one has ${prompt.length}; shorten it.`,
        ]
      : []),
    ...(operation === 'video' && prompt === ''
      ? ['Prompt: APIFRAME asks for one. Say what happens in the video.']
      : []),
    ...(mask_base64.length > LONGEST_MASK ? ['Mask: APIFRAME takes at most 9 MB.'] : []),
    ...(runsModel(operation) && !ROUTE.test(task_type)
      ? [
          'Task Type: APIFRAME takes the part of its address after /v2/, for example images/generate or videos/generate.',
        ]
      : []),
  ];
}
