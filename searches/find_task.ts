import { type Bundle, defineSearch, type ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { guarded } from '../errors/errors.ts';
import { checkedInput } from '../fields/checked_input.ts';
import { inputFieldsOf } from '../fields/input.ts';
import { anyTask } from '../fields/task_fields.ts';
import { OUTPUT_FIELDS } from '../output/output_fields.ts';
import { TASK_SAMPLE } from '../output/samples.ts';
import { outputOf } from '../output/step_output.ts';
import { readConnection } from '../services/connection.ts';
import { findTaskBody } from '../services/read_tasks.ts';

const input = zod.object({ task_id: anyTask() });

const perform = async (z: ZObject, bundle: Bundle) => {
  const { task_id } = checkedInput(z, input, bundle.inputData, '');
  const found = await findTaskBody(z, readConnection(z, bundle.authData), task_id);
  return found ? [outputOf(z, found.task, '')] : [];
};

export default defineSearch({
  key: 'find_task',
  noun: 'Task',
  display: {
    label: 'Find Task',
    description: 'Finds a task by its ID, with its state and its pictures.',
  },
  operation: {
    inputFields: inputFieldsOf(input),
    perform: guarded(perform),
    sample: TASK_SAMPLE,
    outputFields: OUTPUT_FIELDS,
  },
});
