import type { Cache } from '../cache.ts';
import { FRESH_MILLISECONDS } from './directory.ts';

/**
 * A hook whose unsubscribing failed is dead and still listed, perhaps with the newest sign of life
 * of all. Which one it is cannot be kept when the cache fails, but since when there may be one.
 */
const KEY = 'doubt';

/** Remembers it for as long as signs of life from before would count. */
export async function noteDoubt(cache: Cache, now = Date.now()): Promise<void> {
  await cache.set(KEY, now, FRESH_MILLISECONDS / 1000).catch(() => false);
}

/**
 * Epoch milliseconds up to which signs of life prove nothing: 0 when there is no doubt, now and ever
 * when that cannot be read.
 */
export const doubtSince = (cache: Cache): Promise<number> =>
  cache.get(KEY).then(
    (value) => (typeof value === 'number' ? value : 0),
    () => Number.POSITIVE_INFINITY,
  );
