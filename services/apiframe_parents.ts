import { canFollow, OPERATIONS, type Operation } from '../midjourney/operations.ts';
import { readPrompt } from '../midjourney/read_prompt.ts';
import type { Task } from '../midjourney/task.ts';
import type { TaskInput } from '../midjourney/task_input.ts';
import type { Service } from './service.ts';

/** A grid is refused; which button made it does not matter. */
const onUpscaled =
  (operation: Operation) =>
  (input: TaskInput, { actions }: Task): TaskInput | string =>
    canFollow(operation, actions)
      ? input
      : `Task: Upscale first. APIFRAME has ${OPERATIONS[operation].label} for one picture only, and this task has four. Run ${OPERATIONS.upscale.label} on it, and give the task_id which that returns.`;

/** Films begin with a link to a picture, so it is that of the parent, with the words of its prompt. */
function pictureOf(input: TaskInput, { imageUrl, imageUrls, prompt }: Task): TaskInput | string {
  const image_url = imageUrls[Number(input.index || '1') - 1] ?? imageUrl;
  return image_url === ''
    ? 'Image: The chosen task has no such picture. Choose another one.'
    : { ...input, image_url, prompt: input.prompt || readPrompt(prompt).text.join(' ') };
}

/** What APIFRAME's operations take out of the task that they follow. */
export const APIFRAME_PARENTS: NonNullable<Service['fromParent']> = {
  reroll: (input, { prompt }) =>
    input.prompt || prompt
      ? { ...input, prompt: input.prompt || prompt }
      : 'New Prompt: APIFRAME does not say which prompt the chosen task had. Enter the prompt to paint again.',
  pan: onUpscaled('pan'),
  outpaint: onUpscaled('outpaint'),
  inpaint: onUpscaled('inpaint'),
  video: pictureOf,
};
