import { type Bundle, defineCreate, type ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { guarded, halted } from '../errors.ts';
import { inputFieldsOf, readInput } from '../midjourney/input.ts';
import { OUTPUT_FIELDS } from '../midjourney/output.ts';
import { CANCELED_SAMPLE } from '../midjourney/samples.ts';
import { call } from '../services/call.ts';
import { readConnection } from '../services/connection.ts';
import { readTaskOf } from '../services/read_tasks.ts';
import { checked } from '../steps/checked.ts';
import { outputOf } from '../steps/step_output.ts';
import { runningTask } from '../steps/task_fields.ts';

const input = zod.object({ task_id: runningTask() });

/**
 * Cancels, then reads the task once: what the service answers to a cancel is not documented, and a
 * state must not be invented.
 */
const perform = async (z: ZObject, bundle: Bundle) => {
  const { task_id } = checked(z, readInput(input, bundle.inputData));
  const connection = readConnection(z, bundle.authData);
  await call(z, connection, connection.service.cancelRequest(task_id));
  const task = await readTaskOf(z, connection, task_id);
  if (!task) {
    throw halted(z, 'The service knows no such task any more. Services keep tasks about 3 days.');
  }
  return outputOf(z, task, '');
};

export default defineCreate({
  key: 'cancel_task',
  noun: 'Task',
  display: {
    label: 'Cancel Task',
    description: 'Cancels a task that has not ended yet, so that it costs nothing more.',
  },
  operation: {
    inputFields: inputFieldsOf(input),
    perform: guarded(perform),
    sample: CANCELED_SAMPLE,
    outputFields: OUTPUT_FIELDS,
  },
});
