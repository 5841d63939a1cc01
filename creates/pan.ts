import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import * as fields from '../fields/common_fields.ts';
import * as followUp from '../fields/follow_up_fields.ts';
import { parentTask } from '../fields/task_fields.ts';
import { taskCreate } from '../tasks/task_create.ts';

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
