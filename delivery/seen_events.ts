import { randomUUID } from 'node:crypto';
import { hasEnded, isWhole, type Task } from '../midjourney/task.ts';
import type { Cache } from './cache.ts';

/** As long as PiAPI keeps results; a webhook that comes later is not a repetition. */
const LIFE_SECONDS = 3 * 24 * 3600;

const endedKey = (taskId: string): string => `ended:${taskId}`;

/** Progress of a task whose end is known is stale, for every hook of the account. */
export async function rememberEnd(cache: Cache, taskId: string): Promise<void> {
  await cache.set(endedKey(taskId), true, LIFE_SECONDS).catch(() => false);
}

/**
 * Whether this call is the first with this key. In doubt it is: rather twice than never. A `set`
 * that answers false proves nothing: the cache may have refused to store, or core may have repeated
 * the call because the answer to the first, successful one was lost. Only an entry that somebody
 * else stored makes this a repetition.
 */
export async function isFirst(cache: Cache, key: string): Promise<boolean> {
  const own = randomUUID();
  try {
    if (await cache.set(key, own, LIFE_SECONDS, { ifAbsent: true })) {
      return true;
    }
    const stored = await cache.get(key);
    return stored === null || stored === own;
  } catch {
    return true;
  }
}

/** The prefix is as in earlier versions, whose entries are still in the caches. */
const keyOf = (hookId: string, task: Task): string => `heard:${hookId}:${task.id}`;

/** The entry that makes an event of a hook a repetition. */
function entryOf(hookId: string, task: Task, step: number): string {
  const key = keyOf(hookId, task);
  if (hasEnded(task)) {
    return isWhole(task) ? `${key}:end` : `${key}:end without result`;
  }
  return `${key}:${Math.floor((task.progress ?? 0) / step)}`;
}

const recall = (cache: Cache, key: string): Promise<unknown> => cache.get(key).catch(() => null);

/**
 * Whether an event is new to a hook: the first end, or progress beyond what it got before. PiAPI
 * sends some events twice, and in any order.
 * @param step percent: at most one progress event in each step of this size is new
 */
export async function isNewEvent(
  cache: Cache,
  hookId: string,
  task: Task,
  step = 1,
): Promise<boolean> {
  const entry = entryOf(hookId, task, step);
  const key = keyOf(hookId, task);
  if (isWhole(task)) {
    return isFirst(cache, entry);
  }
  if (hasEnded(task)) {
    // Should the result still come, the Zap has not had it yet.
    return (await recall(cache, `${key}:end`)) === null && isFirst(cache, entry);
  }
  const progress = task.progress ?? 0;
  const reached = Math.floor(progress / step);
  if (step > 1 && reached === 0) {
    return false;
  }
  const [first, highest, ended] = await Promise.all([
    isFirst(cache, entry),
    recall(cache, `${key}:highest`),
    recall(cache, endedKey(task.id)),
  ]);
  if (!first || ended === true || (typeof highest === 'number' && highest > progress)) {
    return false;
  }
  await cache.set(`${key}:highest`, progress, LIFE_SECONDS).catch(() => false);
  return true;
}
