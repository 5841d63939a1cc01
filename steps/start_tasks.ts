import type { ZObject } from 'zapier-platform-core';
import { sentenceOf } from '../errors.ts';
import { refused } from '../middleware.ts';
import type { Operation } from '../midjourney/operations.ts';
import { type Task, taskOf } from '../midjourney/task.ts';
import { call, outcomeUnknown } from '../services/call.ts';
import type { Connection } from '../services/connection.ts';
import type { Webhook } from '../services/service.ts';

/** A task to be started: what the service is told, and where it reports. */
export interface Order {
  readonly input: Record<string, unknown>;
  readonly webhook: Webhook | undefined;
}

/** Starts one task with one call. @throws why it was not started, or that this is not known */
async function startTask(
  z: ZObject,
  connection: Connection,
  operation: Operation,
  { input, webhook }: Order,
): Promise<Task> {
  const { service } = connection;
  const started = service.readStarted(
    await call(z, connection, service.startRequest(operation, input, webhook), {
      startsTask: true,
    }),
  );
  if (!started) {
    throw outcomeUnknown(z, connection);
  }
  if (started.taskId === undefined) {
    throw refused(z, connection, started.refusal, true);
  }
  const prompt = typeof input.prompt === 'string' ? input.prompt : '';
  return taskOf({ id: started.taskId, service: service.key, operation, prompt });
}

/**
 * Starts all at once. As long as one was started, one that was not is given as a failed task
 * without id, so that nothing that runs and costs is lost.
 * @throws the first reason when none was started
 */
export async function startTasks(
  z: ZObject,
  connection: Connection,
  operation: Operation,
  orders: readonly Order[],
): Promise<Task[]> {
  const starts = await Promise.allSettled(
    orders.map((order) => startTask(z, connection, operation, order)),
  );
  const failure = starts.find((start) => start.status === 'rejected');
  if (failure && starts.every((start) => start.status === 'rejected')) {
    throw failure.reason;
  }
  return starts.map((start) =>
    start.status === 'fulfilled'
      ? start.value
      : taskOf({
          id: '',
          service: connection.service.key,
          operation,
          status: 'failed',
          errorMessage: sentenceOf(start.reason) ?? 'It could not be started.',
        }),
  );
}
