import type { FastifyInstance } from 'fastify';
import * as zod from 'zod/mini';
import { callerOf } from '../service/accounts.ts';
import { addCreate } from '../service/create_route.ts';
import type { AddRoutes, Parts } from '../service/parts.ts';
import { type Refusal, refused, refusedCall } from '../service/refusal.ts';
import { secretWebhooks } from '../service/secret_webhooks.ts';
import { type Answer, answerRefusals } from '../service/server.ts';
import { isEnded, type StoredTask } from '../service/stored_task.ts';
import type { TaskFormat } from '../service/task_format.ts';
import { createTask } from './create_task.ts';
import { operations } from './operations.ts';
import { showV2Task } from './show_v2_task.ts';
import { readV2WebhookFields } from './v2_webhook_fields.ts';

const oneTask = zod.object({ task_id: zod.string() });
const manyTasks = zod.object({ task_ids: zod.array(zod.string()) });

const accepted = (id: string) => ({ task_id: id, status: 'success', message: '' });

/** Tasks as flat objects, the same in answers and in webhooks. */
function v2Format({ viewOf }: Parts): TaskFormat {
  const show = (task: StoredTask) => showV2Task(task, viewOf(task));
  return {
    ...secretWebhooks,
    show,
    webhookBody: (shown) => shown,
    noImage: '',
    reportsChanges: false,
  };
}

/** `POST /mj/v2/<operation>`, and fetch, multi_fetch and cancel beside them. */
export const addV2Api: AddRoutes = (scope, parts) => {
  const format = v2Format(parts);
  answerRefusals(scope, v2Refusal);
  addCreates(scope, format, parts);
  addReads(scope, format, parts);
  addCancel(scope, parts);
};

/** The answer to what is refused. */
export function v2Refusal({ statusCode, message, refuses }: Refusal): Answer {
  const body =
    refuses === 'create'
      ? { task_id: '', status: 'failed', message }
      : { code: statusCode, message };
  return { status: statusCode, body };
}

function addCreates(scope: FastifyInstance, format: TaskFormat, parts: Parts): void {
  for (const operation of operations) {
    addCreate(scope, parts, {
      path: `/mj/v2/${operation.name}`,
      read: (body, apiKey) => {
        const webhook = () => readV2WebhookFields(body);
        return createTask({ format, operation, fields: body, webhook, apiKey }, parts);
      },
      answer: ({ id }) => accepted(id),
    });
  }
}

function addReads(scope: FastifyInstance, format: TaskFormat, { settings, store }: Parts): void {
  const find = (id: string): object | undefined => {
    const task = store.find(id);
    return task?.model === 'midjourney' ? format.show(task) : undefined;
  };

  // The one endpoint that was seen to work without a key.
  scope.post('/mj/v2/fetch', async (request) => {
    const read = oneTask.safeParse(request.body);
    if (!read.success) {
      throw refusedCall(400, 'task_id is required');
    }
    const task = find(read.data.task_id);
    if (task === undefined) {
      throw refusedCall(404, 'task not found');
    }
    return task;
  });

  scope.post('/mj/v2/multi_fetch', async (request) => {
    callerOf(request, settings);
    const read = manyTasks.safeParse(request.body);
    if (!read.success) {
      throw refusedCall(400, 'task_ids must be a list of strings');
    }
    return { data: Object.fromEntries(read.data.task_ids.map((id) => [id, find(id) ?? null])) };
  });
}

function addCancel(scope: FastifyInstance, { settings, store, engine }: Parts): void {
  scope.post('/mj/v2/cancel', async (request) => {
    const { apiKey } = callerOf(request, settings);
    const read = oneTask.safeParse(request.body);
    if (!read.success) {
      throw refused('task_id is required');
    }
    const task = store.find(read.data.task_id);
    if (task === undefined || task.apiKey !== apiKey) {
      throw refused('task not found');
    }
    if (isEnded(task.status)) {
      throw refused('task has already ended');
    }
    engine.cancel(task, 'task canceled');
    return accepted(task.id);
  });
}
