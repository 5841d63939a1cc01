import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { parentTask } from '../fields/task_fields.ts';
import { taskCreate } from '../tasks/task_create.ts';

export default defineCreate(
  taskCreate({
    operation: 'seed',
    description:
      'Finds the seed of a finished task, a number that paints similar pictures from the same prompt. Use the seed in Create Images. It needs the Task ID, and takes a few seconds.',
    input: zod.object({ origin_task_id: parentTask('seed') }),
  }),
);
