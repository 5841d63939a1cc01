import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import * as fields from '../fields/common_fields.ts';
import { parentTask } from '../fields/task_fields.ts';
import { taskCreate } from '../tasks/task_create.ts';

export default defineCreate(
  taskCreate({
    operation: 'reroll',
    description:
      'Paints the whole prompt of a finished task again, as four new pictures. Use it when none of its four is good; Vary Image stays close to one of them, and Create Images paints a prompt of its own. It needs the Task ID, takes about a minute, and Find Task gives a result that came later.',
    input: zod.object({
      origin_task_id: parentTask('reroll'),
      prompt: fields.newPrompt,
      aspect_ratio: fields.newAspectRatio,
      skip_prompt_check: fields.skipPromptCheck,
    }),
  }),
);
