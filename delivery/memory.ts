import { randomUUID } from 'node:crypto';
import { hasEnded, type Task } from '../midjourney/task.ts';
import type { Cache } from './cache.ts';

/** As long as PiAPI keeps results; a webhook that comes later than this is no repetition. */
const LIFE_SECONDS = 3 * 24 * 3600;

const endedKey = (taskId: string): string => `ended:${taskId}`;

/** Progress of a task whose end is known is stale, for every hook of the account. */
export async function rememberEnd(cache: Cache, taskId: string): Promise<void> {
  await cache.set(endedKey(taskId), true, LIFE_SECONDS).catch(() => false);
}

/**
 * Whether this call is the first to name the key. In doubt it is: rather twice than never. That
 * `set` says no proves nothing: the cache may have refused to store, or core may have asked again
 * because the answer to its first, successful try was lost. Only another's mark is a repetition.
 */
export async function isFirst(cache: Cache, key: string): Promise<boolean> {
  const mark = randomUUID();
  try {
    if (await cache.set(key, mark, LIFE_SECONDS, { ifAbsent: true })) {
      return true;
    }
    const stored = await cache.get(key);
    return stored === null || stored === mark;
  } catch {
    return true;
  }
}

const recall = (cache: Cache, key: string): Promise<unknown> => cache.get(key).catch(() => null);

/**
 * Whether a hook has not heard this yet: an end it was not told of, or progress that is ahead of
 * what it was told. PiAPI sends some events twice, and in any order.
 * @param step percent: of each step of this size, at most one progress event is news
 */
export async function isNews(cache: Cache, hookId: string, task: Task, step = 1): Promise<boolean> {
  const key = `heard:${hookId}:${task.id}`;
  if (hasEnded(task)) {
    return isFirst(cache, `${key}:end`);
  }
  const progress = task.progress ?? 0;
  const reached = Math.floor(progress / step);
  if (step > 1 && reached === 0) {
    return false;
  }
  const [first, highest, ended] = await Promise.all([
    isFirst(cache, `${key}:${reached}`),
    recall(cache, `${key}:highest`),
    recall(cache, endedKey(task.id)),
  ]);
  if (!first || ended === true || (typeof highest === 'number' && highest > progress)) {
    return false;
  }
  await cache.set(`${key}:highest`, progress, LIFE_SECONDS).catch(() => false);
  return true;
}
