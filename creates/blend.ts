import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import * as fields from '../fields/common_fields.ts';
import * as pictures from '../fields/picture_fields.ts';
import { taskCreate } from '../tasks/task_create.ts';

export default defineCreate(
  taskCreate({
    operation: 'blend',
    description:
      'Blends two to five pictures into four new ones, without a prompt. Use Create Images with Image Prompts to steer the result with words. It needs files or public links, takes about a minute, and Find Task gives a result that came later.',
    input: zod.object({
      image_urls: pictures.images,
      dimension: pictures.dimension,
      process_mode: fields.processMode,
      bot_id: fields.botId,
    }),
  }),
);
