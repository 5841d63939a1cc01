import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import * as fields from '../midjourney/fields.ts';
import { taskCreate } from '../steps/task_create.ts';

export default defineCreate(
  taskCreate({
    operation: 'blend',
    description: 'Starts a task that blends two to five pictures into four new ones.',
    input: zod.object({
      image_urls: fields.images(),
      dimension: fields.dimension(),
      process_mode: fields.processMode(),
      bot_id: fields.botId(),
    }),
  }),
);
