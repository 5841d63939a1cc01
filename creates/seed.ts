import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { taskCreate } from '../steps/task_create.ts';
import { parentTask } from '../steps/task_fields.ts';

export default defineCreate(
  taskCreate({
    operation: 'seed',
    description: 'Starts a task that finds the seed of a picture, for painting more in its style.',
    input: zod.object({ origin_task_id: parentTask('seed') }),
  }),
);
