import { defineTrigger } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { kinds, minimumStep, models, operations, reference } from '../fields/filter_fields.ts';
import { OUTPUT_FIELDS } from '../output/output_fields.ts';
import { progressSample } from '../output/samples.ts';
import { progressOutputOf } from '../output/step_output.ts';
import { taskHook } from './task_hook.ts';

export default defineTrigger({
  key: 'task_progress',
  noun: 'Task',
  display: {
    label: 'Task Progress',
    description:
      'Triggers when a task that was started through this connection gets further on its way.',
  },
  operation: {
    ...taskHook({
      event: 'task.progress',
      filters: zod.object({
        operations: operations(),
        models: models(),
        kinds: kinds(),
        minimum_step: minimumStep(),
        reference: reference(),
      }),
      output: progressOutputOf,
    }),
    get sample() {
      return progressSample();
    },
    outputFields: OUTPUT_FIELDS,
  },
});
