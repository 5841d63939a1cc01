import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { modelInput, modelName, taskType } from '../fields/model_fields.ts';
import { taskCreate } from '../tasks/task_create.ts';

export default defineCreate(
  taskCreate({
    operation: 'run_task',
    description:
      'Starts a task of another model that the service runs, for example a Flux picture or a Kling video.',
    input: zod.object({ model: modelName(), task_type: taskType(), input: modelInput() }),
  }),
);
