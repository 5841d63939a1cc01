import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { areas } from '../fields/area_fields.ts';
import { withCheckedPrompt } from '../fields/checked_prompt.ts';
import * as fields from '../fields/common_fields.ts';
import * as followUp from '../fields/follow_up_fields.ts';
import * as pictures from '../fields/picture_fields.ts';
import { readMask } from '../fields/read_mask.ts';
import { readPictureSize } from '../fields/read_picture_size.ts';
import { parentTask } from '../fields/task_fields.ts';
import { taskCreate } from '../tasks/task_create.ts';

const input = zod.object({
  origin_task_id: parentTask('inpaint'),
  index: followUp.imageNumber,
  mask: pictures.mask,
  areas,
  prompt: fields.newPrompt,
  skip_prompt_check: fields.skipPromptCheck,
});

export default defineCreate(
  taskCreate({
    operation: 'inpaint',
    description:
      'Repaints a part of an upscaled picture that a mask marks, or areas where the service takes them. Use it to change only that part; Vary Image with a New Prompt changes a picture by words alone. It needs the Task ID and a black and white PNG or areas, takes about a minute, and Find Task gives a result that came later.',
    input,
    either: ['mask', 'areas'],
    prepare: async (z, entered, { connection, end }) => ({
      ...withCheckedPrompt(z, entered, input),
      ...(entered.mask && { mask_base64: await readMask(z, entered.mask) }),
      ...(entered.areas && { picture_size: await readPictureSize(z, connection, entered, end) }),
    }),
  }),
);
