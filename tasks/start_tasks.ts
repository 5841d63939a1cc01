import type { ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { sentenceOf } from '../errors/errors.ts';
import { refused } from '../errors/refused.ts';
import type { Operation } from '../midjourney/operations.ts';
import { type Task, taskOf } from '../midjourney/task.ts';
import { call, isOutcomeUnknown, outcomeUnknown } from '../services/call.ts';
import type { Connection } from '../services/connection.ts';
import type { Webhook } from '../services/service.ts';

const prompt = zod.catch(zod.string(), '');

/** What the start of a task says about it. */
const toldMidjourney = zod.object({ prompt });

const toldModel = zod.pipe(
  zod.object({ model: zod.string(), task_type: zod.string(), input: zod.object({ prompt }) }),
  zod.transform(({ model, task_type, input }) => ({
    model,
    taskType: task_type,
    prompt: input.prompt,
  })),
);

/** A task to be started: what the service is told, and where it reports. */
export interface Order {
  readonly input: Record<string, unknown>;
  readonly webhook: Webhook | undefined;
}

/** What all starts of a step have in common. */
export interface Starting {
  readonly connection: Connection;
  readonly operation: Operation;
  /** Epoch milliseconds by which the step has to be done. */
  readonly end: number;
  readonly inGroup: boolean;
}

/** Starts one task with one call. @throws why it was not started, or that this is not known */
async function startTask(
  z: ZObject,
  { connection, operation, end, inGroup }: Starting,
  { input, webhook }: Order,
): Promise<Task> {
  const { service } = connection;
  const started = service.readStarted(
    await call(z, connection, service.startRequest(operation, input, webhook), {
      startsTask: true,
      inGroup,
      end,
    }),
  );
  if (!started) {
    throw outcomeUnknown(z, connection);
  }
  if (started.taskId === undefined) {
    throw refused(z, connection, started.refusal, inGroup ? '' : ' Nothing was started.');
  }
  return taskOf({
    id: started.taskId,
    service: service.key,
    operation,
    ...zod.parse(operation === 'run_task' ? toldModel : toldMidjourney, input),
  });
}

/** A task that was not started, beside others that were. */
const notStarted = ({ connection, operation }: Starting, reason: unknown): Task =>
  taskOf({
    id: '',
    service: connection.service.key,
    operation,
    status: 'failed',
    errorMessage: sentenceOf(reason) ?? 'It could not be started.',
  });

/**
 * Starts the tasks of a step. As long as one was started, one that was not is given as a failed
 * task without id, so that nothing that runs and costs is lost.
 * @param callback where the step waits to be called: the last task that can be started carries it,
 * and is started before the others, so that the step never waits for a call that nobody will make
 * @throws the reason when none was started; that one may run, before any other
 */
export async function startTasks(
  z: ZObject,
  starting: Starting,
  orders: readonly Order[],
  callback: Webhook | undefined,
): Promise<Task[]> {
  const starts = new Map<number, PromiseSettledResult<Task>>();
  const start = async (index: number, order: Order) => {
    const [settled] = await Promise.allSettled([startTask(z, starting, order)]);
    starts.set(index, settled);
    return settled.status === 'fulfilled';
  };
  let carried = callback === undefined;
  for (const [index, order] of [...orders.entries()].reverse()) {
    if (carried) {
      break;
    }
    carried = await start(index, { ...order, webhook: callback });
  }
  await Promise.all(
    orders.map((order, index) => (starts.has(index) ? undefined : start(index, order))),
  );

  const settled = orders.map((_, index) => starts.get(index));
  const reasons = settled.flatMap((one) => (one?.status === 'rejected' ? [one.reason] : []));
  if (reasons.length === orders.length) {
    throw reasons.find(isOutcomeUnknown) ?? reasons[0];
  }
  return settled.map((one) =>
    one?.status === 'fulfilled' ? one.value : notStarted(starting, one?.reason),
  );
}
