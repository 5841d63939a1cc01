import { defineTrigger } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { OUTPUT_FIELDS } from '../midjourney/output.ts';
import { sampleOf } from '../midjourney/samples.ts';
import { outputOf } from '../steps/step_output.ts';
import { operations, outcome, reference } from './filters.ts';
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
      filters: zod.object({ operations: operations(), outcome: outcome(), reference: reference() }),
      output: outputOf,
    }),
    sample: sampleOf('imagine'),
    outputFields: OUTPUT_FIELDS,
  },
});
