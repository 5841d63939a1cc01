import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import * as fields from '../fields/common_fields.ts';
import * as followUp from '../fields/follow_up_fields.ts';
import { parentTask } from '../fields/task_fields.ts';
import { taskCreate } from '../tasks/task_create.ts';

export default defineCreate(
  taskCreate({
    operation: 'pan',
    description:
      'Extends an upscaled picture on one side. Use Zoom Out to extend it on all sides, and Upscale Image before either. It needs the Task ID and a direction, takes about a minute, and Find Task gives a result that came later.',
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
