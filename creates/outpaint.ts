import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import * as fields from '../fields/common_fields.ts';
import * as followUp from '../fields/follow_up_fields.ts';
import { parentTask } from '../fields/task_fields.ts';
import { taskCreate } from '../tasks/task_create.ts';

export default defineCreate(
  taskCreate({
    operation: 'outpaint',
    description:
      'Paints more around an upscaled picture, as if the camera went back. Use Pan Image to extend it on one side, and Upscale Image before either. It needs the Task ID and how far, takes about a minute, and Find Task gives a result that came later.',
    input: zod.object({
      origin_task_id: parentTask('outpaint'),
      index: followUp.imageNumber,
      zoom_ratio: followUp.zoomRatio,
      aspect_ratio: fields.newAspectRatio,
      prompt: fields.newPrompt,
      skip_prompt_check: fields.skipPromptCheck,
    }),
  }),
);
