import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { parentTask } from '../fields/task_fields.ts';
import { taskCreate } from '../tasks/task_create.ts';

export default defineCreate(
  taskCreate({
    operation: 'seed',
    description: 'Starts a task that finds the seed of a picture, for painting more in its style.',
    input: zod.object({ origin_task_id: parentTask('seed') }),
  }),
);
