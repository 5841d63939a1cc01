import type { FastifyInstance, FastifyReply } from 'fastify';
import * as z from 'zod/mini';
import { callerOf } from './accounts.ts';
import { createTask } from './create_task.ts';
import { operations } from './operations.ts';
import { refused, refusedWithCode } from './refusal.ts';
import type { PiapiSettings } from './settings.ts';
import { isEnded, type StoredTask } from './stored_task.ts';
import type { TaskEngine } from './task_engine.ts';
import type { TaskStore } from './task_store.ts';
import type { V2Task } from './v2_task.ts';

const oneTask = z.object({ task_id: z.string() });
const manyTasks = z.object({ task_ids: z.array(z.string()) });

const accepted = (id: string) => ({ task_id: id, status: 'success', message: '' });

/** `POST /mj/v2/<operation>`, and fetch, multi_fetch and cancel beside them. */
export function addV2Face(
  app: FastifyInstance,
  settings: PiapiSettings,
  store: TaskStore,
  engine: TaskEngine,
  show: (task: StoredTask) => V2Task,
): void {
  for (const operation of operations) {
    app.post(`/mj/v2/${operation.name}`, async (request, reply) => {
      if (isRefused(settings, request.body)) return refuseAsTold(settings, reply);
      const { apiKey } = callerOf(request, settings);
      const task = createTask(operation, request.body, apiKey, settings, store);
      store.add(task);
      engine.start(task);
      if (settings.hang) return reply.hijack();
      return accepted(task.id);
    });
  }

  // The one endpoint that was seen to work without a key.
  app.post('/mj/v2/fetch', async (request) => {
    const read = oneTask.safeParse(request.body);
    if (!read.success) throw refusedWithCode(400, 'task_id is required');
    const task = store.find(read.data.task_id);
    if (task === undefined) throw refusedWithCode(404, 'task not found');
    return show(task);
  });

  app.post('/mj/v2/multi_fetch', async (request) => {
    callerOf(request, settings);
    const read = manyTasks.safeParse(request.body);
    if (!read.success) throw refusedWithCode(400, 'task_ids must be a list of strings');
    const found = read.data.task_ids.map((id) => {
      const task = store.find(id);
      return [id, task === undefined ? null : show(task)] as const;
    });
    return { data: Object.fromEntries(found) };
  });

  app.post('/mj/v2/cancel', async (request) => {
    const { apiKey } = callerOf(request, settings);
    const read = oneTask.safeParse(request.body);
    if (!read.success) throw refused('task_id is required');
    const task = store.find(read.data.task_id);
    if (task === undefined || task.apiKey !== apiKey) throw refused('task not found');
    if (isEnded(task.status)) throw refused('task has already ended');
    engine.cancel(task, 'task canceled');
    return accepted(task.id);
  });
}

function isRefused({ refuse }: PiapiSettings, body: unknown): boolean {
  return refuse !== undefined && (refuse.when?.(body) ?? true);
}

function refuseAsTold(settings: PiapiSettings, reply: FastifyReply): FastifyReply {
  const { refuse } = settings;
  if (refuse === undefined) return reply;
  const left = refuse.times === undefined ? undefined : refuse.times - 1;
  if (left !== undefined) settings.refuse = left > 0 ? { ...refuse, times: left } : undefined;
  if (refuse.retryAfter !== undefined) reply.header('retry-after', refuse.retryAfter);
  return reply.code(refuse.status).send(refuse.body);
}
