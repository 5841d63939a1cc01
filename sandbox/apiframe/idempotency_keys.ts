import { isDeepStrictEqual } from 'node:util';
import type { FastifyRequest } from 'fastify';
import type { Replays } from '../service/create_route.ts';
import { refused } from '../service/refusal.ts';
import type { ServiceSettings } from '../service/settings.ts';
import type { StoredTask } from '../service/stored_task.ts';

const lifeMilliseconds = 24 * 3600 * 1000;
const longest = 255;

interface First {
  readonly path: string;
  readonly body: unknown;
  readonly task: StoredTask;
}

/** The first creates with an `Idempotency-Key`, for 24 hours; each account has keys of its own. */
export class IdempotencyKeys implements Replays {
  readonly #settings: ServiceSettings;
  readonly #firsts = new Map<string, First>();

  constructor(settings: ServiceSettings) {
    this.#settings = settings;
  }

  /** @throws Refusal 409 when the key came with another request before */
  find(request: FastifyRequest, apiKey: string): StoredTask | undefined {
    const first = this.#firsts.get(keyOf(request, apiKey) ?? '');
    if (first === undefined || this.#settings.now() - first.task.createdAt > lifeMilliseconds) {
      return undefined;
    }
    if (first.path !== request.url || !isDeepStrictEqual(first.body, request.body)) {
      throw refused('Idempotency-Key was used with a different request body', 409);
    }
    return first.task;
  }

  keep(request: FastifyRequest, apiKey: string, task: StoredTask): void {
    const key = keyOf(request, apiKey);
    if (key !== undefined) {
      this.#firsts.set(key, { path: request.url, body: request.body, task });
    }
  }
}

function keyOf({ headers }: FastifyRequest, apiKey: string): string | undefined {
  const key = headers['idempotency-key'];
  if (typeof key !== 'string' || key === '') {
    return undefined;
  }
  if (key.length > longest) {
    throw refused(`Idempotency-Key must have at most ${longest} characters`);
  }
  return JSON.stringify([apiKey, key]);
}
