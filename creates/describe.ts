import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import * as fields from '../fields/common_fields.ts';
import * as pictures from '../fields/picture_fields.ts';
import { taskCreate } from '../tasks/task_create.ts';

export default defineCreate(
  taskCreate({
    operation: 'describe',
    description: 'Starts a task that writes four prompts which would paint a given picture.',
    input: zod.object({
      image_url: pictures.image,
      process_mode: fields.processMode,
      bot_id: fields.botId,
    }),
  }),
);
