import { type Bundle, defineSearch, type ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { guarded } from '../errors.ts';
import { inputFieldsOf, readInput } from '../midjourney/input.ts';
import { OUTPUT_FIELDS } from '../midjourney/output.ts';
import { sampleOf } from '../midjourney/samples.ts';
import { readConnection } from '../services/connection.ts';
import { findTaskBody } from '../services/read_tasks.ts';
import { checked } from '../steps/checked.ts';
import { outputOf } from '../steps/step_output.ts';
import { anyTask } from '../steps/task_fields.ts';

const input = zod.object({ task_id: anyTask() });

const perform = async (z: ZObject, bundle: Bundle) => {
  const { task_id } = checked(z, readInput(input, bundle.inputData));
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
    sample: sampleOf('imagine'),
    outputFields: OUTPUT_FIELDS,
  },
});
