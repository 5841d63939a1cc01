import type { ZObject } from 'zapier-platform-core';
import { composePrompt } from '../midjourney/compose_prompt.ts';
import type { TaskInput } from '../midjourney/task_input.ts';
import { inputError } from './checked_input.ts';
import { formOf, type InputSchema } from './input.ts';

/**
 * The input of a follow-up with its new prompt as it goes out: what Midjourney would refuse in it
 * is refused as in the prompt of Imagine.
 * @param schema of the input, for the label of its prompt
 * @param needsWords whether parameters alone are no prompt
 * @throws what is wrong with it, before anything is started
 */
export function withCheckedPrompt<Input extends TaskInput>(
  z: ZObject,
  input: Input,
  schema: InputSchema,
  needsWords = true,
): Input {
  const { prompt: entered = '', aspect_ratio, motion } = input;
  if (entered === '') {
    return input;
  }
  const { prompt, problems } = composePrompt(
    { prompt: entered, aspect_ratio, motion },
    schema.shape.prompt && formOf(schema.shape.prompt)?.label,
    needsWords,
  );
  if (problems) {
    throw inputError(z, problems);
  }
  return { ...input, prompt };
}
