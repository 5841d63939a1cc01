import { type Bundle, defineCreate, type ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { guarded, halted } from '../errors/errors.ts';
import { checkedInput } from '../fields/checked_input.ts';
import { withFilledDropdown } from '../fields/filled_dropdown.ts';
import { inputFieldsOf } from '../fields/input.ts';
import { notice } from '../fields/notice.ts';
import { runningTask } from '../fields/task_fields.ts';
import { isOperation, OPERATIONS } from '../midjourney/operations.ts';
import { promptWords } from '../midjourney/prompt_words.ts';
import { type Task, taskOf } from '../midjourney/task.ts';
import { OUTPUT_FIELDS } from '../output/output_fields.ts';
import { canceledSample } from '../output/samples.ts';
import { outputOf } from '../output/step_output.ts';
import { call, endOfStep } from '../services/call.ts';
import { readConnection } from '../services/connection.ts';
import { findTaskBody } from '../services/read_tasks.ts';

const input = zod.object({ task_id: runningTask() });

const cannotCancel = (label: string): string =>
  `${label} cannot cancel tasks: one that was started runs to its end.`;

/** A task as a person would name it. */
const nameOf = ({ operation, prompt, id }: Task): string => {
  const label = isOperation(operation) ? OPERATIONS[operation].label : 'the task';
  const words = promptWords(prompt, 80);
  return words === '' ? `${label} (${id})` : `${label}: "${words}" (${id})`;
};

/** That the chosen service cannot do it, instead of the fields. */
const inputFields = (z: ZObject, bundle: Bundle) => {
  const { label, cancelRequest } = readConnection(z, bundle.authData).service;
  return cancelRequest
    ? Promise.all(inputFieldsOf(input).map((field) => withFilledDropdown(z, bundle, field)))
    : [notice('not_offered', cannotCancel(label))];
};

/**
 * Cancels, then reads the task once: what the service answers to a cancel is not documented, and a
 * state must not be invented. When it cannot be read, that it was canceled is all that is known;
 * when the service knows no such task, nothing was.
 */
const perform = async (z: ZObject, bundle: Bundle) => {
  const { task_id } = checkedInput(z, input, bundle.inputData, '');
  const end = endOfStep();
  const connection = readConnection(z, bundle.authData);
  const { service } = connection;
  const request = service.cancelRequest?.(task_id);
  if (!request) {
    throw halted(z, cannotCancel(service.label));
  }
  await call(z, connection, request, { end });
  const read = await findTaskBody(z, connection, task_id, end).catch(() => 'not readable' as const);
  if (!read) {
    throw halted(
      z,
      `${service.label} knows no task ${task_id}, so nothing was canceled. Check the Task ID: it may be mistyped, of another account, or no longer kept.`,
    );
  }
  const canceled = taskOf({
    id: task_id,
    service: service.key,
    operation: '',
    status: 'failed',
    errorMessage: 'Canceled',
  });
  const task = read === 'not readable' ? canceled : read.task;
  return outputOf(z, task, '', task.status === 'failed' ? `Stopped ${nameOf(task)}.` : '');
};

export default defineCreate({
  key: 'cancel_task',
  noun: 'Task',
  display: {
    label: 'Cancel Task',
    description:
      'Cancels a task that has not ended. Use it to stop a task that was started by mistake; the service may go on with one that it is working on already. It gives the task as it is afterwards, and hint names what was stopped.',
  },
  operation: {
    inputFields: [inputFields],
    perform: guarded(perform),
    get sample() {
      return canceledSample();
    },
    outputFields: OUTPUT_FIELDS,
  },
});
