import type { ZObject } from 'zapier-platform-core';
import { inTime } from '../errors/in_time.ts';

/**
 * `z.cache` as we use it. Core's types leave out `scope` on get and delete; at run time it must be
 * the same on all three.
 */
interface ScopedCache {
  get(key: string, scope?: string[] | null): Promise<unknown>;
  set(
    key: string,
    value: unknown,
    ttl?: number,
    scope?: string[],
    nx?: boolean,
  ): Promise<boolean | null>;
  delete(key: string, scope?: string[] | null): Promise<boolean>;
}

/**
 * The memory of one connected account. It is best effort: not a documented contract, cleared at
 * times, and `set` can refuse. So callers must be right without it.
 */
export interface Cache {
  /** null when there is nothing; rejects when the cache does not answer. */
  get(key: string): Promise<unknown>;
  /** Many in one parallel round, by key. A key whose value could not be read is missing. */
  getAll(keys: readonly string[]): Promise<ReadonlyMap<string, unknown>>;
  /** Whether it was stored; with `ifAbsent`, whether this call was the one that stored it. */
  set(
    key: string,
    value: unknown,
    ttlSeconds: number,
    options?: { ifAbsent: boolean },
  ): Promise<boolean>;
  delete(key: string): Promise<void>;
}

const SCOPE = ['auth'];

/** Core retries a failing cache by itself; past this we go on without it. A step has 30 s in all. */
const TIMEOUT_MILLISECONDS = 8_000;

/** The cache of the account that `z` runs for. */
export function cacheOf(z: Pick<ZObject, 'cache'>): Cache {
  const cache: ScopedCache = z.cache;
  return {
    get: (key) => inTime(TIMEOUT_MILLISECONDS, cache.get(key, SCOPE)),
    async getAll(keys) {
      const values = new Map<string, unknown>();
      // One promise and one timer for the round: it is read on every event, where more would show.
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, TIMEOUT_MILLISECONDS);
        let open = keys.length;
        const close = () => {
          open -= 1;
          if (open === 0) {
            clearTimeout(timer);
            resolve();
          }
        };
        for (const key of keys) {
          cache.get(key, SCOPE).then((value) => {
            values.set(key, value);
            close();
          }, close);
        }
      });
      return new Map(values);
    },
    set: async (key, value, ttlSeconds, { ifAbsent } = { ifAbsent: false }) =>
      (await inTime(TIMEOUT_MILLISECONDS, cache.set(key, value, ttlSeconds, SCOPE, ifAbsent))) ===
      true,
    delete: async (key) => {
      await inTime(TIMEOUT_MILLISECONDS, cache.delete(key, SCOPE));
    },
  };
}
