import type { FastifyInstance, FastifyReply } from 'fastify';
import { callerOf } from './accounts.ts';
import type { Parts } from './parts.ts';
import type { ServiceSettings } from './settings.ts';
import type { StoredTask } from './stored_task.ts';

export interface CreateRoute {
  readonly path: string;
  /** Makes the task that a body describes. @throws Refusal */
  read(body: unknown, apiKey: string): StoredTask;
  /** What is answered once it has been started. */
  answer(task: StoredTask): object;
}

/** A `POST` that starts a task, or is refused, or hangs, as the settings say. */
export function addCreate(scope: FastifyInstance, parts: Parts, route: CreateRoute): void {
  const { settings, store, engine, log } = parts;
  scope.post(route.path, async (request, reply) => {
    log.noteCreate(request);
    if (isRefused(settings, request.body)) {
      return refuseAsSet(settings, reply);
    }
    const { apiKey } = callerOf(request, settings);
    const task = route.read(request.body, apiKey);
    store.add(task);
    engine.start(task);
    if (settings.hang) {
      return reply.hijack();
    }
    return route.answer(task);
  });
}

function isRefused({ refuse }: ServiceSettings, body: unknown): boolean {
  return refuse !== undefined && (refuse.when?.(body) ?? true);
}

function refuseAsSet(settings: ServiceSettings, reply: FastifyReply): FastifyReply {
  const { refuse } = settings;
  if (refuse === undefined) {
    return reply;
  }
  const left = refuse.times === undefined ? undefined : refuse.times - 1;
  if (left !== undefined) {
    settings.refuse = left > 0 ? { ...refuse, times: left } : undefined;
  }
  if (refuse.retryAfter !== undefined) {
    reply.header('retry-after', refuse.retryAfter);
  }
  return reply.code(refuse.status).send(refuse.body);
}
