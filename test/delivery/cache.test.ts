import { cacheOf } from '../../delivery/cache.ts';

/** Core's cache, which notes its calls and answers as told. */
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

/** Zapier ends a step after 30 s, and a cache may be asked more than once in it. */
const A_FEW_SECONDS = 10_000;

const never = () => new Promise<never>(() => undefined);

test('every call is about the connected account alone', async () => {
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

test('a value comes back as it is, and nothing as null', async () => {
  expect(await cacheOf(coreCache(async () => ({ a: 1 })).z).get('k')).toEqual({ a: 1 });
  expect(await cacheOf(coreCache(async () => null).z).get('k')).toBeNull();
});

test.each([
  [true, true],
  [false, false],
  [null, false],
])('a set that answers %p was stored: %p', async (answer, stored) => {
  const { z } = coreCache(async () => null, answer);
  expect(await cacheOf(z).set('k', 1, 60)).toBe(stored);
});

test('a round of many tells nothing (null) from not read (missing)', async () => {
  const { z } = coreCache(async () => null);
  const get = (key: string) =>
    key === 'b' ? Promise.reject(new Error('RPC failed')) : z.cache.get(key);
  const values = await cacheOf({ cache: { ...z.cache, get } }).getAll(['a', 'b', 'c']);
  expect([...values]).toEqual([
    ['a', null],
    ['c', null],
  ]);
});

test('a cache that fails rejects', async () => {
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

  test('is given up after a few seconds', async () => {
    const cache = cacheOf(coreCache(never).z);
    const settled = Promise.allSettled([cache.get('k'), cache.set('k', 1, 60), cache.delete('k')]);
    await jest.advanceTimersByTimeAsync(A_FEW_SECONDS);
    for (const { status } of await settled) {
      expect(status).toBe('rejected');
    }
  });

  test('costs a round of many no more than those that did not come', async () => {
    const { z } = coreCache(never);
    const get = (key: string) => (key === 'late' ? never() : Promise.resolve(`value of ${key}`));
    const round = cacheOf({ cache: { ...z.cache, get } }).getAll(['a', 'late', 'b']);
    await jest.advanceTimersByTimeAsync(A_FEW_SECONDS);
    expect([...(await round)]).toEqual([
      ['a', 'value of a'],
      ['b', 'value of b'],
    ]);
  });

  test('leaves no timer behind when it does answer', async () => {
    await cacheOf(coreCache(async () => 1).z).get('k');
    expect(jest.getTimerCount()).toBe(0);
  });
});
