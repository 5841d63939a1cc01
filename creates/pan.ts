import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import * as fields from '../midjourney/fields.ts';
import * as followUp from '../midjourney/follow_up_fields.ts';
import { taskCreate } from '../steps/task_create.ts';
import { parentTask } from '../steps/task_fields.ts';

export default defineCreate(
  taskCreate({
    operation: 'pan',
    description: 'Starts a task that lets a picture grow on one side.',
    input: zod.object({
      origin_task_id: parentTask('pan'),
      index: followUp.imageNumber,
      direction: followUp.direction,
      scale: followUp.scale,
      prompt: fields.newPrompt,
      skip_prompt_check: fields.skipPromptCheck,
    }),
  }),
);
