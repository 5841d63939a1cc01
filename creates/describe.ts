import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import * as fields from '../fields/common_fields.ts';
import * as pictures from '../fields/picture_fields.ts';
import { taskCreate } from '../tasks/task_create.ts';

export default defineCreate(
  taskCreate({
    operation: 'describe',
    description:
      'Writes four prompts that would paint a given picture. Use it to find words for a picture, and Create Images to paint one of them. It needs a file or a public link, and takes about half a minute.',
    input: zod.object({
      image_url: pictures.image('to describe'),
      process_mode: fields.processMode,
      bot_id: fields.botId,
    }),
  }),
);
