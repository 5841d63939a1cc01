import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { inputError } from '../fields/checked_input.ts';
import * as fields from '../fields/common_fields.ts';
import { PROMPT_HELP, parameterFields } from '../fields/parameter_fields.ts';
import { composePrompt } from '../midjourney/compose_prompt.ts';
import { taskCreate } from '../tasks/task_create.ts';

export const imagineInput = zod.object({
  prompt: fields.prompt,
  aspect_ratio: fields.aspectRatio,
  process_mode: fields.processMode,
  ...parameterFields,
  skip_prompt_check: fields.skipPromptCheck,
  bot_id: fields.botId,
});

export default defineCreate(
  taskCreate({
    operation: 'imagine',
    description:
      'Creates four images from a prompt. Use it for new pictures; to go on from one that is there, use Upscale Image, Vary Image or Reroll Images with its Task ID. It gives the Task ID and, once the task has ended, the pictures: a fast one takes about a minute, a relaxed one up to half an hour. For a task that has not ended yet, call Find Task with the Task ID.',
    input: imagineInput,
    groups: [PROMPT_HELP],
    // Midjourney wants the parameters in the prompt; the others have fields of their own in the API.
    prepare(z, input) {
      const { prompt, problems } = composePrompt(input);
      if (problems) {
        throw inputError(z, problems);
      }
      const { aspect_ratio, process_mode, skip_prompt_check, bot_id } = input;
      return { prompt, aspect_ratio, process_mode, skip_prompt_check, bot_id };
    },
  }),
);
