import type { Bundle, ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { cacheOf } from '../delivery/cache.ts';
import { tellOthers } from '../delivery/direct/pass_on.ts';
import { type Callback, readCallback } from '../delivery/read_webhook.ts';
import { relayOf } from '../delivery/relayed/relay_client.ts';
import { callbackSecret } from '../delivery/secret.ts';
import { failed } from '../errors/errors.ts';
import { OPERATION_LABELS, type Operation } from '../midjourney/operations.ts';
import { hasEnded, MIDJOURNEY, type Task, taskOf } from '../midjourney/task.ts';
import { stepOutput } from '../output/step_output.ts';
import type { TaskOutput } from '../output/task_output.ts';
import { endOfStep } from '../services/call.ts';
import { type Connection, readConnection } from '../services/connection.ts';
import { haveEnded, poll, readTaskBody, readTasksOf, withResult } from '../services/read_tasks.ts';
import { ensureSuccess } from './ensure_success.ts';

/** How long a step asks for tasks that have not ended, of the 30 s it has. */
const POLL_MILLISECONDS = 20_000;

const endOfPoll = (end: number): number => Math.min(Date.now() + POLL_MILLISECONDS, end);

/** A task as it is now. Some services do not say what it was asked for, which the step knows. */
const asOf = (now: Task | undefined, started: Task): Task =>
  now ? { ...now, prompt: now.prompt || started.prompt } : started;

/**
 * The tasks as they are now. Those that were never started stay as they are; those of a group are
 * read in one call.
 */
async function readAgain(
  z: ZObject,
  connection: Connection,
  tasks: readonly Task[],
  end: number,
): Promise<readonly Task[]> {
  const ids = tasks.map(({ id }) => id).filter(Boolean);
  const [only] = ids;
  const now =
    only !== undefined && ids.length === 1
      ? new Map([[only, (await readTaskBody(z, connection, only, end))?.task]])
      : await readTasksOf(z, connection, ids, end);
  return tasks.map((task) => asOf(now.get(task.id), task));
}

/** The same, asked again until all have ended or the time is up. */
async function readToTheEnd(
  z: ZObject,
  connection: Connection,
  tasks: readonly Task[],
  end: number,
): Promise<readonly Task[]> {
  const read = () => readAgain(z, connection, tasks, end);
  return haveEnded(tasks) ? tasks : ((await poll(read, haveEnded, endOfPoll(end))) ?? tasks);
}

/** In the editor nobody waits for a callback: what is known after a short while is the result. */
export async function resultInEditor(
  z: ZObject,
  connection: Connection,
  operation: Operation,
  tasks: readonly Task[],
  reference: string,
  end: number,
): Promise<TaskOutput> {
  const now = await readToTheEnd(z, connection, tasks, end);
  ensureSuccess(z, connection, operation, now);
  return stepOutput(z, now, reference);
}

const startedTask = zod.object({
  task_id: zod.string(),
  service: zod.string(),
  model: zod.optional(zod.string()),
  task_type: zod.optional(zod.string()),
  prompt: zod.string(),
  error_message: zod.string(),
});

/** What `perform` put out, as Zapier hands it back to `performResume`. */
const waitedFor = zod.extend(startedTask, {
  reference: zod.string(),
  tasks: zod.optional(zod.array(startedTask)),
});

const taskFrom = (operation: Operation, started: zod.output<typeof startedTask>): Task =>
  taskOf({
    id: started.task_id,
    service: started.service,
    operation,
    model: started.model ?? MIDJOURNEY,
    taskType: started.task_type ?? operation,
    prompt: started.prompt,
    status: started.task_id === '' ? 'failed' : 'pending',
    errorMessage: started.error_message,
  });

/**
 * The end of a task that was to call back. A POST that does not carry the secret, is about a task
 * of another step, or tells of no end, is no reason to believe anything: the service itself is asked.
 * @param taskIds of the step; the last is the one that is asked for
 */
async function calledBack(
  z: ZObject,
  bundle: Bundle,
  connection: Connection,
  taskIds: readonly string[],
  end: number,
): Promise<Omit<Callback, 'reference'> | undefined> {
  const callback = readCallback(z, bundle.rawRequest, connection);
  if (callback && taskIds.includes(callback.task.id) && hasEnded(callback.task)) {
    return callback;
  }
  const read = await poll(
    () => readTaskBody(z, connection, taskIds.at(-1) ?? '', end),
    (now) => now !== undefined && hasEnded(now.task),
    endOfPoll(end),
  );
  return (
    read && {
      task: read.task,
      resume: '',
      content: JSON.stringify(read.body),
      secret: callbackSecret(connection.apiKey),
      forwarded: false,
    }
  );
}

/** Goes on with a step whose task has called back. */
export const resumeTask =
  (operation: Operation) =>
  async (z: ZObject, bundle: Bundle): Promise<TaskOutput> => {
    const end = endOfStep();
    const connection = readConnection(z, bundle.authData);
    const { reference, tasks: group, ...single } = zod.parse(waitedFor, bundle.outputData);
    const tasks = (group ?? [single]).map((started) => taskFrom(operation, started));
    const taskIds = tasks.flatMap(({ id }) => id || []);

    const callback = await calledBack(z, bundle, connection, taskIds, end);
    const telling =
      callback && !callback.forwarded && hasEnded(callback.task) && !relayOf(z, connection.apiKey)
        ? tellOthers(z, cacheOf(z), { ...callback, reference }, undefined, end)
        : undefined;
    try {
      const told = callback && (await withResult(z, connection, callback.task, end));
      const known = tasks.map((task) => asOf(task.id === told?.id ? told : undefined, task));
      const now = group ? await readToTheEnd(z, connection, known, end) : known;
      ensureSuccess(z, connection, operation, now);
      if (!group && !haveEnded(now)) {
        throw failed(
          z,
          `${OPERATION_LABELS[operation]} may still be running at ${connection.service.label}, though it called back: its result could not be read. Look up task ${taskIds.join(', ')} with Find Task in a few minutes.`,
          'still_running',
        );
      }
      return stepOutput(z, now, reference);
    } finally {
      await telling;
    }
  };
