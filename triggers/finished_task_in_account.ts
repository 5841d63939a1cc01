import { type Bundle, defineTrigger, type ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { guarded } from '../errors/errors.ts';
import {
  allOperationChoices,
  kinds,
  models,
  operations,
  outcome,
} from '../fields/filter_fields.ts';
import { inputFieldsOf } from '../fields/input.ts';
import { withOperations } from '../fields/trigger_fields.ts';
import { mayBeOf } from '../midjourney/operations.ts';
import { isWhole } from '../midjourney/task.ts';
import { OUTPUT_FIELDS } from '../output/output_fields.ts';
import { taskSample } from '../output/samples.ts';
import { outputOf } from '../output/step_output.ts';
import { readConnection } from '../services/connection.ts';
import { accountTasks } from '../tasks/account_tasks.ts';
import { matches } from './filters.ts';
import { readFilters } from './read_filters.ts';

const filters = zod.object({
  operations: operations(),
  models: models(),
  kinds: kinds(),
  outcome: outcome(),
});

/** Zapier runs the Zap once for each id that it has not seen. */
const perform = async (z: ZObject, bundle: Bundle) => {
  const { operations: steps, ...wanted } = readFilters(z, filters, bundle);
  const tasks = await accountTasks(z, readConnection(z, bundle.authData));
  return tasks
    .filter(
      (task) =>
        isWhole(task) &&
        (steps === undefined || steps.some((step) => mayBeOf(task.operation, step))) &&
        matches(task, '', wanted),
    )
    .map((task) => outputOf(z, task, ''));
};

export default defineTrigger({
  key: 'finished_task_in_account',
  noun: 'Task',
  display: {
    label: 'Finished Task in Account',
    description:
      'Triggers when any task of the account has finished or failed, also one that was started elsewhere or whose webhook was lost. It looks every few minutes, so prefer Task Finished where speed or the reference matters.',
  },
  operation: {
    type: 'polling',
    inputFields: withOperations(inputFieldsOf(filters), allOperationChoices),
    perform: guarded(perform),
    get sample() {
      return taskSample();
    },
    outputFields: OUTPUT_FIELDS,
  },
});
