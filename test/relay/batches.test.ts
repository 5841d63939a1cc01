import { inBatches } from '../../relay/batches.ts';

const options = (maxSize: number) => ({
  maxSize,
  isItemsFault: (reason: unknown) => reason instanceof RangeError,
});

/** A run that records its batches; `next` ends the oldest one. */
function heldRun() {
  const batches: (readonly number[])[] = [];
  const ends: (() => void)[] = [];
  const run = async (items: readonly number[]): Promise<readonly number[]> => {
    batches.push(items);
    await new Promise<void>((resolve) => ends.push(resolve));
    return items.map((item) => item * 10);
  };
  return { batches, run, next: () => ends.shift()?.() };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('Batches', () => {
  it('a single item is run at once', async () => {
    const add = inBatches(
      async (items: readonly number[]) => items.map((item) => item * 10),
      options(64),
    );
    expect(await add(1)).toBe(10);
    expect(await add(2)).toBe(20);
  });

  it('items added while a batch runs share the next one, up to the maximum size', async () => {
    const { batches, run, next } = heldRun();
    const add = inBatches(run, options(3));
    const results = [1, 2, 3, 4, 5].map(add);
    expect(batches).toEqual([[1]]);
    next();
    await turn();
    next();
    await turn();
    next();
    expect(await Promise.all(results)).toEqual([10, 20, 30, 40, 50]);
    expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  });

  it('the items of a batch weigh no more together than they may, but one alone may', async () => {
    const { batches, run, next } = heldRun();
    const add = inBatches(run, { ...options(64), maxWeight: 5, weightOf: (item: number) => item });
    const results = [1, 2, 3, 4, 9, 1].map(add);
    for (let turns = 0; turns < 5; turns += 1) {
      next();
      await turn();
    }
    await Promise.all(results);
    expect(batches).toEqual([[1], [2, 3], [4], [9], [1]]);
  });

  it('an item that fails does not make the others of its batch fail', async () => {
    const batches: (readonly number[])[] = [];
    const add = inBatches(async (items: readonly number[]) => {
      batches.push(items);
      await turn();
      if (items.includes(3)) {
        throw new RangeError('Three.');
      }
      return items;
    }, options(64));
    const results = await Promise.allSettled([1, 2, 3, 4].map(add));
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(batches).toEqual([[1], [2, 3, 4], [2], [3], [4]]);
    expect(await add(5)).toBe(5);
  });

  it('a batch after one that failed is run', async () => {
    let fails = true;
    const add = inBatches(async (items: readonly number[]) => {
      if (fails) {
        throw new Error('No.');
      }
      return items;
    }, options(64));
    await expect(add(1)).rejects.toThrow('No.');
    fails = false;
    expect(await add(2)).toBe(2);
  });

  it('a failure that no item is to blame for fails the whole batch at once', async () => {
    const batches: (readonly number[])[] = [];
    const add = inBatches(async (items: readonly number[]) => {
      batches.push(items);
      await turn();
      if (items.length > 1) {
        throw new Error('The database is away.');
      }
      return items;
    }, options(64));
    const results = await Promise.allSettled([1, 2, 3].map(add));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(batches).toEqual([[1], [2, 3]]);
  });

  it('batches that hang do not hold the next ones, up to four', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    try {
      const { batches, run, next } = heldRun();
      const add = inBatches(run, options(1));
      const results = [1, 2, 3, 4, 5].map(add);
      await jest.advanceTimersByTimeAsync(10_000);
      expect(batches).toEqual([[1], [2], [3], [4]]);
      next();
      await turn();
      expect(batches).toEqual([[1], [2], [3], [4], [5]]);
      for (const _ of results) {
        next();
      }
      expect(await Promise.all(results)).toEqual([10, 20, 30, 40, 50]);
    } finally {
      jest.useRealTimers();
    }
  });
});
