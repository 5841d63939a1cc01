import { defineCreate, type ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { checked } from '../fields/checked.ts';
import * as fields from '../fields/common_fields.ts';
import { PROMPT_HELP, parameterFields } from '../fields/parameter_fields.ts';
import { composePrompt } from '../midjourney/parameters.ts';
import { taskCreate } from '../tasks/task_create.ts';

export const imagineInput = zod.object({
  prompt: fields.prompt,
  aspect_ratio: fields.aspectRatio,
  process_mode: fields.processMode,
  ...parameterFields,
  skip_prompt_check: fields.skipPromptCheck,
  bot_id: fields.botId,
});

/** Puts the parameters into the prompt, where Midjourney wants them. */
function withParameters(z: ZObject, entered: Record<string, unknown>) {
  const read = zod.parse(imagineInput, entered);
  const { aspect_ratio, process_mode, skip_prompt_check, bot_id } = read;
  const { prompt, problems } = composePrompt(read);
  return {
    prompt: checked(z, problems ? { problems } : { input: prompt }),
    ...(aspect_ratio !== undefined && { aspect_ratio }),
    ...(process_mode !== undefined && { process_mode }),
    ...(skip_prompt_check !== undefined && { skip_prompt_check }),
    ...(bot_id !== undefined && { bot_id }),
  };
}

export default defineCreate(
  taskCreate({
    operation: 'imagine',
    description: 'Starts a task that paints four pictures from a prompt.',
    input: imagineInput,
    groups: [PROMPT_HELP],
    prepare: withParameters,
  }),
);
