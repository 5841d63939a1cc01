import type { ZObject } from 'zapier-platform-core';
import { failed, halted } from '../errors/errors.ts';
import { asSentence, cleanText, failureOf } from '../midjourney/failure.ts';
import { OPERATIONS, type Operation } from '../midjourney/operations.ts';
import type { Task } from '../midjourney/task.ts';
import type { Connection } from '../services/connection.ts';

/** A failed task stops the step with the service's reason. */
function failureOfTask(
  z: ZObject,
  { service }: Connection,
  operation: Operation,
  task: Task,
): Error {
  const reason = cleanText(task.errorMessage) || 'The service gave no reason';
  const { kind, advice } = failureOf(reason, service.keeps.followUps);
  const message = `${OPERATIONS[operation].label} failed: ${asSentence(reason)} ${advice}`;
  return ['busy', 'timeout', 'unknown'].includes(kind)
    ? failed(z, message, `task_${kind}`)
    : halted(z, message);
}

/** @throws when nothing came of any of the tasks */
export function ensureSuccess(
  z: ZObject,
  connection: Connection,
  operation: Operation,
  tasks: readonly Task[],
): void {
  const first = tasks.find(({ id }) => id !== '') ?? tasks[0];
  if (first && tasks.every(({ status }) => status === 'failed')) {
    throw failureOfTask(z, connection, operation, first);
  }
}
