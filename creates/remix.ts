import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import * as fields from '../fields/common_fields.ts';
import * as followUp from '../fields/follow_up_fields.ts';
import { parentTask } from '../fields/task_fields.ts';
import { taskCreate } from '../tasks/task_create.ts';

export default defineCreate(
  taskCreate({
    operation: 'remix',
    description:
      'Paints one picture of a finished task again by a new prompt, as four pictures that keep its composition. Use it to change the style or the subject; Vary Image stays closer to the picture, and Repaint Area changes only a part. It needs the Task ID and the new prompt, and takes about two minutes. Find Task gives a result that came later.',
    input: zod.object({
      origin_task_id: parentTask('remix'),
      index: followUp.imageNumber,
      prompt: fields.otherPrompt,
      type: followUp.remixStrength,
      aspect_ratio: fields.newAspectRatio,
    }),
  }),
);
