import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { withCheckedPrompt } from '../fields/checked_prompt.ts';
import * as fields from '../fields/common_fields.ts';
import * as followUp from '../fields/follow_up_fields.ts';
import * as pictures from '../fields/picture_fields.ts';
import { readMask } from '../fields/read_mask.ts';
import { parentTask } from '../fields/task_fields.ts';
import { taskCreate } from '../tasks/task_create.ts';

export default defineCreate(
  taskCreate({
    operation: 'inpaint',
    description:
      'Repaints a part of an upscaled picture that a mask marks. Use it where the mask is at hand; Vary Image with a New Prompt changes a picture by words alone. It needs the Task ID and a black and white PNG, takes about a minute, and Find Task gives a result that came later.',
    input: zod.object({
      origin_task_id: parentTask('inpaint'),
      index: followUp.imageNumber,
      mask: pictures.mask,
      prompt: fields.newPrompt,
      skip_prompt_check: fields.skipPromptCheck,
    }),
    prepare: async (z, input) => ({
      ...withCheckedPrompt(z, input),
      mask_base64: await readMask(z, input.mask),
    }),
  }),
);
