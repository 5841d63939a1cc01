import { defineTrigger } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { kinds, models, operations, outcome, reference } from '../fields/filter_fields.ts';
import { OUTPUT_FIELDS } from '../output/output_fields.ts';
import { taskSample } from '../output/samples.ts';
import { outputOf } from '../output/step_output.ts';
import { taskHook } from './task_hook.ts';

export default defineTrigger({
  key: 'task_finished',
  noun: 'Task',
  display: {
    label: 'Task Finished',
    description:
      'Triggers when a task that was started through this connection has finished or failed.',
  },
  operation: {
    ...taskHook({
      event: 'task.finished',
      filters: zod.object({
        operations: operations(),
        models: models(),
        kinds: kinds(),
        outcome: outcome(),
        reference: reference(),
      }),
      output: outputOf,
    }),
    get sample() {
      return taskSample();
    },
    outputFields: OUTPUT_FIELDS,
  },
});
