import type { ZObject } from 'zapier-platform-core';
import { secretsOf } from '../delivery/secret.ts';
import { sentenceOf } from '../errors/errors.ts';
import { refused } from '../errors/refused.ts';
import type { Operation } from '../midjourney/operations.ts';
import { promptIn } from '../midjourney/prompt_in.ts';
import { type Task, taskOf } from '../midjourney/task.ts';
import type { TaskInput } from '../midjourney/task_input.ts';
import { call, isOutcomeUnknown, outcomeUnknown } from '../services/call.ts';
import type { Connection } from '../services/connection.ts';
import type { Webhook } from '../services/service.ts';

/** A task to be started, and where it reports to. */
export interface TaskStart {
  readonly input: TaskInput;
  readonly webhook: Webhook | undefined;
}

/** What all starts of a step have in common. */
export interface StartingStep {
  readonly connection: Connection;
  readonly operation: Operation;
  /** Epoch milliseconds by which the step has to be done. */
  readonly end: number;
}

/** What is known of the task from its input; another model has its prompt in an input of its own. */
function knownFrom({ prompt, model, task_type, input = {} }: TaskInput): Partial<Task> {
  return {
    prompt: prompt ?? promptIn(input),
    ...(model !== undefined && { model }),
    ...(task_type !== undefined && { taskType: task_type }),
  };
}

/** Starts one task with one call. @throws why it was not started, or that this is not known */
async function startTask(
  z: ZObject,
  { connection, operation, end }: StartingStep,
  { input, webhook }: TaskStart,
  inGroup: boolean,
): Promise<Task> {
  const { service, apiKey } = connection;
  const secrets = webhook ? [webhook.webhook_secret] : [];
  const started = service.readStarted(
    await call(z, connection, service.startRequest(operation, input, webhook), {
      startsTask: true,
      inGroup,
      end,
      secrets,
    }),
  );
  if (!started) {
    throw outcomeUnknown(z, connection);
  }
  if (started.taskId === undefined) {
    const consequence = inGroup ? '' : ' Nothing was started.';
    const hidden = [...secretsOf(apiKey), ...secrets];
    throw refused(z, { service, secrets: hidden }, started.refusal, consequence);
  }
  return taskOf({ id: started.taskId, service: service.key, operation, ...knownFrom(input) });
}

/** A task that was not started, beside others that were. */
const notStarted = ({ connection, operation }: StartingStep, reason: unknown): Task =>
  taskOf({
    id: '',
    service: connection.service.key,
    operation,
    status: 'failed',
    errorMessage: sentenceOf(reason) ?? 'It could not be started.',
  });

/**
 * Starts the tasks of a step. As long as one was started, one that was not is returned as a failed
 * task without id, so that nothing that runs and costs is lost.
 * @param callback where the step waits to be called: the last task that can be started carries it,
 * and is started before the others, so that the step never waits for a call that nobody will make.
 * When it is not known whether it was started, nothing more is
 * @throws if nothing was started; an unknown outcome takes precedence
 */
export async function startTasks(
  z: ZObject,
  step: StartingStep,
  starts: readonly TaskStart[],
  callback: Webhook | undefined,
): Promise<Task[]> {
  const results = new Map<number, PromiseSettledResult<Task>>();
  const start = async (index: number, one: TaskStart) => {
    const [result] = await Promise.allSettled([startTask(z, step, one, starts.length > 1)]);
    results.set(index, result);
    return result;
  };
  for (const [index, one] of callback ? [...starts.entries()].reverse() : []) {
    const carrier = await start(index, { ...one, webhook: callback });
    if (carrier.status === 'fulfilled') {
      break;
    }
    if (isOutcomeUnknown(carrier.reason)) {
      throw carrier.reason;
    }
  }
  await Promise.all(
    starts.map((one, index) => (results.has(index) ? undefined : start(index, one))),
  );

  const settled = starts.map((_, index) => results.get(index));
  const reasons = settled.flatMap((one) => (one?.status === 'rejected' ? [one.reason] : []));
  if (reasons.length === starts.length) {
    throw reasons.find(isOutcomeUnknown) ?? reasons[0];
  }
  return settled.map((one) =>
    one?.status === 'fulfilled' ? one.value : notStarted(step, one?.reason),
  );
}
