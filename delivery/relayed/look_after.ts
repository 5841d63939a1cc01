import type { ZObject } from 'zapier-platform-core';
import { kindMade, type Operation } from '../../midjourney/operations.ts';
import { hasEnded, type Task } from '../../midjourney/task.ts';
import { call } from '../../services/call.ts';
import type { Connection } from '../../services/connection.ts';
import { ifTask, type Reports } from '../../services/service.ts';
import type { OverdueTask } from '../read_webhook.ts';
import { callbackSecret, connectionId } from '../secret.ts';
import { readWebhookParameters } from '../webhook_url.ts';
import { callRelay, type Relay } from './relay_client.ts';

const MINUTE_SECONDS = 60;

/** Longer than nearly all tasks take; one that takes longer costs a read, which is free. */
const WORRY_MINUTES: Readonly<Record<string, number>> = { video: 25, audio: 15, '3d': 15 };
const PICTURE_WORRY_MINUTES = 12;

/** When an end that has not come is worth a question; of what is never reported, soon. */
export const worrySeconds = (operation: Operation, reports: Reports): number =>
  reports === 'nothing'
    ? MINUTE_SECONDS
    : (WORRY_MINUTES[kindMade(operation) ?? ''] ?? PICTURE_WORRY_MINUTES) * MINUTE_SECONDS;

/** Out of the time of the step, once its tasks run. */
export const TELL_MILLISECONDS = 2_000;

/** Of a prompt, for the relay's lists, in UTF-16 code units. */
const LONGEST_PROMPT = 4_000;
/** The same of a model; a relay refuses longer ones. */
const LONGEST_MODEL = 200;

/** Cutting may part a surrogate pair, of which a database takes no half. */
const cut = (text: string, length: number): string => text.slice(0, length).toWellFormed();

/**
 * Tells the relay which tasks of a step it is to look after, and what it lists of them until their
 * first event. Not worth an error: they run all the same.
 */
export async function tellStarted(
  z: ZObject,
  relay: Relay,
  tasks: readonly Task[],
  {
    end,
    ...told
  }: { readonly callback: string; readonly worry_seconds: number; readonly end: number },
): Promise<void> {
  const [first] = tasks;
  if (!first) {
    return;
  }
  const answer = await callRelay(z, relay, 'POST', '/v1/started', {
    body: {
      task_ids: tasks.map(({ id }) => id),
      ...told,
      model: cut(first.model, LONGEST_MODEL),
      prompts: tasks.map(({ prompt }) => cut(prompt, LONGEST_PROMPT)),
    },
    end: Math.min(end, Date.now() + TELL_MILLISECONDS),
  });
  if (answer?.status !== 204) {
    z.console.log('The relay was not told which tasks to look after.');
  }
}

const READ_MILLISECONDS = 15_000;

/** What is not found before may be hidden by a service that is in trouble; its true end must not be lost. */
const GIVE_UP_SECONDS = 2 * 3600;

/** The body of an end, as the service would have sent it; undefined while there is none. */
async function endOf(
  z: ZObject,
  connection: Connection,
  { taskId, callback, age }: OverdueTask,
): Promise<object | undefined> {
  const { service } = connection;
  const asked = readWebhookParameters(callback);
  // A key may be good for two of our services, which do not know each other's tasks.
  if (asked.service !== service.key) {
    return undefined;
  }
  const body = await call(z, connection, service.fetchRequest(taskId), {
    mayBeMissing: true,
    end: Date.now() + READ_MILLISECONDS,
  });
  if (body === undefined) {
    return age < GIVE_UP_SECONDS
      ? undefined
      : service.failedBody(
          taskId,
          asked.operation,
          `${service.label} no longer knows this task, and its end never came. If you still need it, start it again.`,
        );
  }
  const task = ifTask(() => service.readTask(body));
  return task && hasEnded(task) ? Object(body) : undefined;
}

/** Reads a task about which the relay asks, and hands its end to the relay. */
export async function lookAfterAtRelay(
  z: ZObject,
  connection: Connection,
  relay: Relay,
  overdue: OverdueTask,
): Promise<void> {
  try {
    const body = await endOf(z, connection, overdue);
    if (!body) {
      return;
    }
    const secret = callbackSecret(connection.apiKey);
    await callRelay(z, relay, 'POST', `/v1/callbacks/${connectionId(secret)}?${overdue.callback}`, {
      body: { ...body },
      headers: { 'x-webhook-secret': secret },
    });
  } catch {
    z.console.log('A task that is overdue could not be read; the relay asks again.');
  }
}
