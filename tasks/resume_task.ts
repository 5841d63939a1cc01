import type { Bundle, ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { deliveryFor } from '../delivery/delivery_for.ts';
import { type ReceivedWebhook, readWebhook, webhookOf } from '../delivery/read_webhook.ts';
import { stepSecret } from '../delivery/secret.ts';
import type { Operation } from '../midjourney/operations.ts';
import { hasEnded, haveEnded, isWhole } from '../midjourney/task.ts';
import type { OfferedOutput } from '../output/offered_output.ts';
import { stepOutput } from '../output/step_output.ts';

import { endOfStep } from '../services/call.ts';
import { type Connection, readConnection } from '../services/connection.ts';
import { text } from '../services/lenient.ts';
import { operationToTell } from '../services/started_by.ts';
import { ensureSuccess } from './ensure_success.ts';
import { asStartedNow, readUntilEnded } from './read_until_ended.ts';
import { startedTask, taskFrom } from './started_tasks.ts';
import { stillRunning } from './still_running.ts';
import { readWhole } from './whole_end.ts';

/** What `perform` returned, as Zapier hands it back to `performResume`. */
const startedStep = zod.extend(startedTask, {
  reference: text,
  tasks: zod.optional(zod.array(startedTask)),
});

/**
 * The end of a task that was to call back, with its result. A POST that does not carry the secret,
 * is about a task of another step, or reports no end, proves nothing, and one can come before the
 * result is there: then the task is read at the service until the time is up.
 * @param taskIds of the step; the last is the one that is read
 */
async function finalWebhook(
  z: ZObject,
  bundle: Bundle,
  connection: Connection,
  taskIds: readonly string[],
  end: number,
): Promise<ReceivedWebhook | undefined> {
  const received = readWebhook(z, bundle.rawRequest, connection, stepSecret(connection.apiKey));
  const told =
    received && taskIds.includes(received.task.id) && hasEnded(received.task)
      ? received
      : undefined;
  if (told && isWhole(told.task)) {
    return told;
  }
  const read = await readWhole(z, connection, told?.task.id ?? taskIds.at(-1) ?? '', end);
  if (!read) {
    return told;
  }
  return hasEnded(read.task) ? webhookOf(read) : undefined;
}

/** What passing an end on has at the least, also when it was read at the last moment. */
const PASS_ON_MILLISECONDS = 2_500;

/** Goes on with a step whose task has called back. */
export const resumeTask =
  (operation: Operation) =>
  async (z: ZObject, bundle: Bundle): Promise<OfferedOutput> => {
    const end = endOfStep();
    const connection = readConnection(z, bundle.authData);
    const { reference, tasks: group, ...single } = zod.parse(startedStep, bundle.outputData);
    const tasks = (group ?? [single]).map((started) => taskFrom(operation, started));
    const taskIds = tasks.flatMap(({ id }) => id || []);

    const webhook = await finalWebhook(z, bundle, connection, taskIds, end);
    const passingOn =
      webhook &&
      deliveryFor(z, connection).passOn(
        { ...webhook, reference, operation: operationToTell(connection.service, operation) },
        undefined,
        Math.max(end, Date.now() + PASS_ON_MILLISECONDS),
      );
    try {
      const known = tasks.map((task) =>
        asStartedNow(task, task.id === webhook?.task.id ? webhook.task : undefined),
      );
      const now = group ? await readUntilEnded(z, connection, known, end) : known;
      ensureSuccess(z, connection, operation, now);
      if (!group && !haveEnded(now)) {
        throw stillRunning(z, connection, operation, taskIds);
      }
      return stepOutput(z, operation, now, reference);
    } finally {
      await passingOn;
    }
  };
