import { type Bundle, defineSearch, type ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { guarded } from '../errors/errors.ts';
import { checkedInput, inputError } from '../fields/checked_input.ts';
import { inputFieldsOf } from '../fields/input.ts';
import { criteria, NOTHING_WANTED, waitSeconds } from '../fields/search_fields.ts';
import { anyTask } from '../fields/task_fields.ts';
import { OUTPUT_FIELDS } from '../output/output_fields.ts';
import { taskSample } from '../output/samples.ts';
import { outputOf } from '../output/step_output.ts';
import { endOfStep } from '../services/call.ts';
import { readConnection } from '../services/connection.ts';
import { findTaskBody } from '../services/read_tasks.ts';
import { findTasks } from '../tasks/find_tasks.ts';
import { withKnownStart } from '../tasks/known_start.ts';
import { readUntilEnded } from '../tasks/read_until_ended.ts';

const input = zod.object({ task_id: anyTask(), wait_seconds: waitSeconds(), ...criteria });

const perform = async (z: ZObject, bundle: Bundle) => {
  const end = endOfStep();
  const { task_id, wait_seconds = 0, ...wanted } = checkedInput(z, input, bundle.inputData, '');
  if (task_id === undefined && Object.values(wanted).every((value) => value === undefined)) {
    throw inputError(z, [`Task: ${NOTHING_WANTED}`], '');
  }
  const connection = readConnection(z, bundle.authData);
  const [first] =
    task_id === undefined
      ? (await findTasks(z, connection, wanted, 1, end)).tasks
      : [(await findTaskBody(z, connection, task_id, end))?.task];
  const until = Math.min(end, Date.now() + wait_seconds * 1000);
  const [found] = first ? await readUntilEnded(z, connection, [first], until) : [];
  return found
    ? [outputOf(z, await withKnownStart(z, connection, found), wanted.reference ?? '')]
    : [];
};

export default defineSearch({
  key: 'find_task',
  noun: 'Task',
  display: {
    label: 'Find Task',
    description:
      'Finds one task by its ID, or the newest that fits, with its state and its pictures. Use it to get the result of a task that had not ended: with 25 for Wait up to (Seconds) it comes back the moment the task ends. For several tasks use Find Tasks.',
  },
  operation: {
    inputFields: inputFieldsOf(input),
    perform: guarded(perform),
    get sample() {
      return taskSample();
    },
    outputFields: OUTPUT_FIELDS,
  },
});
