import type { ZObject } from 'zapier-platform-core';
import { composePrompt } from '../midjourney/compose_prompt.ts';
import type { TaskInput } from '../midjourney/task_input.ts';
import { inputError } from './checked_input.ts';
import { newPrompt } from './common_fields.ts';
import { formOf } from './input.ts';

/**
 * The input of a follow-up with its new prompt as it goes out: what Midjourney would refuse in it
 * is refused as in the prompt of Imagine.
 * @throws what is wrong with it, before anything is started
 */
export function withCheckedPrompt<Input extends TaskInput>(z: ZObject, input: Input): Input {
  const { prompt: entered = '', aspect_ratio } = input;
  if (entered === '') {
    return input;
  }
  const { prompt, problems } = composePrompt(
    { prompt: entered, aspect_ratio },
    formOf(newPrompt)?.label,
  );
  if (problems) {
    throw inputError(z, problems);
  }
  return { ...input, prompt };
}
