import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import * as fields from '../midjourney/fields.ts';
import * as followUp from '../midjourney/follow_up_fields.ts';
import * as pictures from '../midjourney/picture_fields.ts';
import { readMask } from '../steps/read_mask.ts';
import { taskCreate } from '../steps/task_create.ts';
import { parentTask } from '../steps/task_fields.ts';

export default defineCreate(
  taskCreate({
    operation: 'inpaint',
    description: 'Starts a task that paints a part of a picture anew.',
    input: zod.object({
      origin_task_id: parentTask('inpaint'),
      index: followUp.imageNumber,
      mask: pictures.mask,
      prompt: fields.newPrompt,
      skip_prompt_check: fields.skipPromptCheck,
    }),
    prepare: async (z, input) => ({ ...input, mask: await readMask(z, String(input.mask)) }),
  }),
);
