import { createHash } from 'node:crypto';
import * as zod from 'zod/mini';
import { part, text, texts } from '../services/lenient.ts';
import type { Cache } from './cache.ts';

/** What a step knows of a task that it started, and the service may not tell later. */
export interface StartedTask {
  readonly id: string;
  readonly operation: string;
  readonly prompt: string;
  readonly reference: string;
}

/** As long as a service keeps results at the most. */
const LIFE_SECONDS = 30 * 24 * 3600;

/** How many tasks a list has; the oldest go first. */
const MOST = 20;

/** Where the recent tasks of the connection are. */
const RECENT = 'started';

const keyOf = (id: string): string => `started:${id}`;

const listOf = (reference: string): string =>
  `reference:${createHash('sha256').update(reference).digest('base64url')}`;

const readIds = async (cache: Cache, key: string): Promise<string[]> =>
  zod.parse(texts, await cache.get(key).catch(() => []));

/** Two steps at the same moment may lose an entry; only lists to choose from are made of it. */
async function addTo(cache: Cache, key: string, ids: readonly string[]): Promise<void> {
  const before = await readIds(cache, key);
  await cache.set(key, [...ids, ...before].slice(0, MOST), LIFE_SECONDS);
}

/**
 * Remembers tasks that were just started: by their reference, and, where the service remembers
 * little itself, by their ids and as the recent ones. Never rejects.
 */
export async function rememberStarted(
  cache: Cache,
  tasks: readonly StartedTask[],
  remembersLittle: boolean,
): Promise<void> {
  const ids = tasks.map(({ id }) => id);
  const reference = tasks[0]?.reference ?? '';
  await Promise.allSettled([
    reference !== '' && addTo(cache, listOf(reference), ids),
    remembersLittle && addTo(cache, RECENT, ids),
    ...tasks.map(({ id, ...rest }) => remembersLittle && cache.set(keyOf(id), rest, LIFE_SECONDS)),
  ]);
}

/** The tasks with this reference, newest first. */
export const startedWith = (cache: Cache, reference: string): Promise<string[]> =>
  readIds(cache, listOf(reference));

/** The newest tasks of the connection, where the service has no list of its own. */
export const recentlyStarted = (cache: Cache): Promise<string[]> => readIds(cache, RECENT);

/** What a task was started with here; each is '' when it is not known. */
export async function startOf(
  cache: Cache,
  id: string,
): Promise<Pick<StartedTask, 'operation' | 'prompt'>> {
  const known = part({ operation: text, prompt: text });
  return zod.parse(known, await cache.get(keyOf(id)).catch(() => undefined));
}
