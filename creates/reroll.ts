import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import * as fields from '../fields/common_fields.ts';
import { parentTask } from '../fields/task_fields.ts';
import { taskCreate } from '../tasks/task_create.ts';

export default defineCreate(
  taskCreate({
    operation: 'reroll',
    description:
      'Creates four new pictures from the prompt of a finished task. Use it when none of its four is good; Vary Image stays close to one of them. It needs the Task ID, and takes about a minute.',
    input: zod.object({
      origin_task_id: parentTask('reroll'),
      prompt: fields.newPrompt,
      aspect_ratio: fields.aspectRatio,
      skip_prompt_check: fields.skipPromptCheck,
    }),
  }),
);
