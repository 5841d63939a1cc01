import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import * as followUp from '../fields/follow_up_fields.ts';
import { index, parentTask } from '../fields/task_fields.ts';
import { UPSCALE_CHOICES } from '../midjourney/choices.ts';
import { taskCreate } from '../tasks/task_create.ts';

export default defineCreate(
  taskCreate({
    operation: 'upscale',
    description:
      'Enlarges one of the four pictures of a task, or all four in a task each. Use it when a picture was chosen; to change what it shows, use Vary Image. It needs the Task ID of a finished task and which picture, and takes about half a minute each; Find Task gives a result that came later.',
    input: zod.object({
      origin_task_id: parentTask('upscale'),
      index: index('upscale', UPSCALE_CHOICES, {
        label: 'Upscale',
        helpText:
          'Which picture is enlarged, for example `Image 1 (top left)` or `2`. **All four images** starts four tasks, which costs as much as four; they come back as a list. One that is over 20 seconds slower than the others is given as still running. A picture that is upscaled already takes `Upscale Subtle` or `Upscale Creative` instead of its number.',
      }),
      type: followUp.upscaleType,
    }),
    indexesOfAll: ['1', '2', '3', '4'],
  }),
);
