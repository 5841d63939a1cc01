import type { Bundle, ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { deliveryFor } from '../delivery/delivery_for.ts';
import { type ReceivedWebhook, readWebhook } from '../delivery/read_webhook.ts';
import { callbackSecret } from '../delivery/secret.ts';
import { failed } from '../errors/errors.ts';
import { OPERATIONS, type Operation } from '../midjourney/operations.ts';
import { hasEnded, haveEnded, MIDJOURNEY, type Task, taskOf } from '../midjourney/task.ts';
import { stepOutput } from '../output/step_output.ts';
import type { TaskOutput } from '../output/task_output.ts';
import { endOfStep } from '../services/call.ts';
import { type Connection, readConnection } from '../services/connection.ts';
import { readTaskBody } from '../services/read_tasks.ts';
import { ensureSuccess } from './ensure_success.ts';
import { endOfPoll, poll } from './poll.ts';
import { readUntilEnded, updated } from './read_until_ended.ts';
import { withResult } from './with_result.ts';

const startedTask = zod.object({
  task_id: zod.string(),
  service: zod.string(),
  model: zod.optional(zod.string()),
  task_type: zod.optional(zod.string()),
  prompt: zod.string(),
  error_message: zod.string(),
});

/** What `perform` returned, as Zapier hands it back to `performResume`. */
const startedStep = zod.extend(startedTask, {
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
 * of another step, or reports no end, proves nothing: the task is read at the service.
 * @param taskIds of the step; the last is the one that is read
 */
async function endOf(
  z: ZObject,
  bundle: Bundle,
  connection: Connection,
  taskIds: readonly string[],
  end: number,
): Promise<ReceivedWebhook | undefined> {
  const webhook = readWebhook(z, bundle.rawRequest, connection);
  if (webhook && taskIds.includes(webhook.task.id) && hasEnded(webhook.task)) {
    return webhook;
  }
  const read = await poll(
    () => readTaskBody(z, connection, taskIds.at(-1) ?? '', end),
    (now) => now !== undefined && hasEnded(now.task),
    endOfPoll(end),
  );
  return (
    read && {
      task: read.task,
      reference: '',
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
    const { reference, tasks: group, ...single } = zod.parse(startedStep, bundle.outputData);
    const tasks = (group ?? [single]).map((started) => taskFrom(operation, started));
    const taskIds = tasks.flatMap(({ id }) => id || []);

    const webhook = await endOf(z, bundle, connection, taskIds, end);
    const passingOn =
      webhook && hasEnded(webhook.task)
        ? deliveryFor(z, connection).passOn({ ...webhook, reference }, undefined, end)
        : undefined;
    try {
      const ended = webhook && (await withResult(z, connection, webhook.task, end));
      const known = tasks.map((task) => updated(task, task.id === ended?.id ? ended : undefined));
      const now = group ? await readUntilEnded(z, connection, known, end) : known;
      ensureSuccess(z, connection, operation, now);
      if (!group && !haveEnded(now)) {
        throw failed(
          z,
          `${OPERATIONS[operation].label} may still be running at ${connection.service.label}, though it called back: its result could not be read. Look up task ${taskIds.join(', ')} with Find Task in a few minutes.`,
          'still_running',
        );
      }
      return stepOutput(z, now, reference);
    } finally {
      await passingOn;
    }
  };
