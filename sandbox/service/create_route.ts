import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from './accounts.ts';
import type { Parts } from './parts.ts';
import type { ServiceSettings } from './settings.ts';
import type { StoredTask } from './stored_task.ts';

export interface CreateRoute {
  readonly path: string;
  /** Bytes, where bodies may be larger than usual. */
  readonly bodyLimit?: number;
  /** HTTP status of a create that is accepted; 200 when not given. */
  readonly status?: number;
  readonly replays?: Replays;
  /** Makes the task that a body describes. @throws Refusal */
  read(body: unknown, apiKey: string): StoredTask;
  /** What is answered once it has been started. */
  answer(task: StoredTask): object;
}

/** Answers a create that is sent again with the task that it started before. */
export interface Replays {
  /** @throws Refusal */
  find(request: FastifyRequest, apiKey: string): StoredTask | undefined;
  keep(request: FastifyRequest, apiKey: string, task: StoredTask): void;
}

/** A `POST` that starts a task, or is refused, or hangs, as the settings say. */
export function addCreate(scope: FastifyInstance, parts: Parts, route: CreateRoute): void {
  const { settings, store, engine, log } = parts;
  const { path, bodyLimit, status = 200, replays } = route;
  scope.post(path, bodyLimit === undefined ? {} : { bodyLimit }, async (request, reply) => {
    log.noteCreate(request);
    if (isRefused(settings, request.body)) {
      return refuseAsSet(settings, reply);
    }
    const { apiKey } = callerOf(request, settings);
    let task = replays?.find(request, apiKey);
    if (task === undefined) {
      task = route.read(request.body, apiKey);
      store.add(task);
      engine.start(task);
      replays?.keep(request, apiKey, task);
    }
    if (settings.lostAnswers > 0) {
      settings.lostAnswers -= 1;
      request.raw.socket.destroy();
      return reply.hijack();
    }
    return settings.hang ? reply.hijack() : reply.code(status).send(route.answer(task));
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
