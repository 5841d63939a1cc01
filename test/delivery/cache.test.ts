import { cacheOf } from '../../delivery/cache.ts';

/** Core's cache, which records its calls and gives the answers of the test. */
function coreCache(answer: () => Promise<unknown>, stored: boolean | null = true) {
  const calls: unknown[][] = [];
  const note = (...call: unknown[]) => {
    calls.push(call);
    return answer();
  };
  const cache = {
    get: (key: string, scope?: string[] | null) => note('get', key, scope),
    set: async (key: string, ...rest: unknown[]) => {
      await note('set', key, ...rest);
      return stored;
    },
    delete: async (key: string, scope?: string[] | null) => {
      await note('delete', key, scope);
      return false;
    },
  };
  return { z: { cache }, calls };
}

/** Zapier ends a step after 30 s, and a step may read the cache more than once. */
const A_FEW_SECONDS = 10_000;

const never = () => new Promise<never>(() => undefined);

test('every call uses the scope of the connected account', async () => {
  const { z, calls } = coreCache(async () => null);
  const cache = cacheOf(z);
  await cache.get('k');
  await cache.set('k', { a: 1 }, 60);
  await cache.set('k', { a: 1 }, 60, { ifAbsent: true });
  await cache.delete('k');
  await cache.getAll(['k', 'l']);
  expect(calls).toEqual([
    ['get', 'k', ['auth']],
    ['set', 'k', { a: 1 }, 60, ['auth'], false],
    ['set', 'k', { a: 1 }, 60, ['auth'], true],
    ['delete', 'k', ['auth']],
    ['get', 'k', ['auth']],
    ['get', 'l', ['auth']],
  ]);
});

test('a value is returned unchanged, and a missing one as null', async () => {
  expect(await cacheOf(coreCache(async () => ({ a: 1 })).z).get('k')).toEqual({ a: 1 });
  expect(await cacheOf(coreCache(async () => null).z).get('k')).toBeNull();
});

test.each([
  [true, true],
  [false, false],
  [null, false],
])('when core answers a set with %p, the value counts as stored: %p', async (answer, stored) => {
  const { z } = coreCache(async () => null, answer);
  expect(await cacheOf(z).set('k', 1, 60)).toBe(stored);
});

test('reading many keys gives null for an empty key and leaves out a key that could not be read', async () => {
  const { z } = coreCache(async () => null);
  const get = (key: string) =>
    key === 'b' ? Promise.reject(new Error('RPC failed')) : z.cache.get(key);
  const values = await cacheOf({ cache: { ...z.cache, get } }).getAll(['a', 'b', 'c']);
  expect([...values]).toEqual([
    ['a', null],
    ['c', null],
  ]);
});

test('every call rejects when the cache fails', async () => {
  const cache = cacheOf(coreCache(() => Promise.reject(new Error('RPC failed'))).z);
  await expect(cache.get('k')).rejects.toThrow('RPC failed');
  await expect(cache.set('k', 1, 60)).rejects.toThrow('RPC failed');
  await expect(cache.delete('k')).rejects.toThrow('RPC failed');
});

describe('a cache that does not answer', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('makes every call reject after a few seconds', async () => {
    const cache = cacheOf(coreCache(never).z);
    const settled = Promise.allSettled([cache.get('k'), cache.set('k', 1, 60), cache.delete('k')]);
    await jest.advanceTimersByTimeAsync(A_FEW_SECONDS);
    for (const { status } of await settled) {
      expect(status).toBe('rejected');
    }
  });

  test('costs a read of many keys only the keys that did not answer', async () => {
    const { z } = coreCache(never);
    const get = (key: string) => (key === 'late' ? never() : Promise.resolve(`value of ${key}`));
    const round = cacheOf({ cache: { ...z.cache, get } }).getAll(['a', 'late', 'b']);
    await jest.advanceTimersByTimeAsync(A_FEW_SECONDS);
    expect([...(await round)]).toEqual([
      ['a', 'value of a'],
      ['b', 'value of b'],
    ]);
  });

  test('leaves no timer running once it has answered', async () => {
    await cacheOf(coreCache(async () => 1).z).get('k');
    expect(jest.getTimerCount()).toBe(0);
  });
});
