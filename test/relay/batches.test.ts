import { inBatches } from '../../relay/batches.ts';

/** A run that notes its batches and ends when it is told to. */
function heldRun() {
  const batches: (readonly number[])[] = [];
  const goOn: (() => void)[] = [];
  const run = async (items: readonly number[]): Promise<readonly number[]> => {
    batches.push(items);
    await new Promise<void>((resolve) => goOn.push(resolve));
    return items.map((item) => item * 10);
  };
  return { batches, run, next: () => goOn.shift()?.() };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('Batches', () => {
  it('an item alone waits for nobody', async () => {
    const add = inBatches(async (items: readonly number[]) => items.map((item) => item * 10), 64);
    expect(await add(1)).toBe(10);
    expect(await add(2)).toBe(20);
  });

  it('items that come while a batch is on its way share the next one, up to the most', async () => {
    const { batches, run, next } = heldRun();
    const add = inBatches(run, 3);
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

  it('an item fails only by itself', async () => {
    const batches: (readonly number[])[] = [];
    const add = inBatches(async (items: readonly number[]) => {
      batches.push(items);
      await turn();
      if (items.includes(3)) {
        throw new Error('Three.');
      }
      return items;
    }, 64);
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

  it('goes on after a batch that failed', async () => {
    let fails = true;
    const add = inBatches(async (items: readonly number[]) => {
      if (fails) {
        throw new Error('No.');
      }
      return items;
    }, 64);
    await expect(add(1)).rejects.toThrow('No.');
    fails = false;
    expect(await add(2)).toBe(2);
  });
});
