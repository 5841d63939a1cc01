import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import * as followUp from '../fields/follow_up_fields.ts';
import { parentTask } from '../fields/task_fields.ts';
import { taskCreate } from '../tasks/task_create.ts';

export default defineCreate(
  taskCreate({
    operation: 'enhance',
    description:
      'Paints one picture of a draft again in full quality. Use it on pictures that Create Images made with Draft on; to enlarge any other, use Upscale Image. It needs the Task ID and which picture, and takes about a minute. Find Task gives a result that came later.',
    input: zod.object({
      origin_task_id: parentTask('enhance'),
      index: followUp.imageNumber,
    }),
  }),
);
