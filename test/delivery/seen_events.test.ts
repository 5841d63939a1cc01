import fc from 'fast-check';
import { isNewEvent, rememberEnd } from '../../delivery/seen_events.ts';
import type { Task } from '../../midjourney/task.ts';
import { holds } from '../support/holds.ts';
import { MemoryCache } from '../support/memory_cache.ts';
import { aTask } from '../support/tasks.ts';

const running = (progress: number | undefined, id = 'task-1'): Task =>
  aTask({ id, status: 'processing', progress });
const ended = (status: 'finished' | 'failed' = 'finished') => aTask({ status, progress: 100 });

let cache: MemoryCache;
beforeEach(() => {
  cache = new MemoryCache();
});

/** The states, in percent, that count as new for one hook. */
async function newProgress(states: readonly number[], step?: number): Promise<number[]> {
  const found: number[] = [];
  for (const progress of states) {
    if (await isNewEvent(cache, 'hook', running(progress), step)) {
      found.push(progress);
    }
  }
  return found;
}

describe('an end', () => {
  test('is new once for each hook and task', async () => {
    expect(await isNewEvent(cache, 'a', ended())).toBe(true);
    expect(await isNewEvent(cache, 'a', ended())).toBe(false);
    expect(await isNewEvent(cache, 'b', ended())).toBe(true);
    expect(await isNewEvent(cache, 'a', { ...ended(), id: 'task-2' })).toBe(true);
  });

  test('is new after any progress, even if the end is already remembered for the task', async () => {
    await newProgress([20, 100]);
    await rememberEnd(cache, 'task-1');
    expect(await isNewEvent(cache, 'hook', ended('failed'))).toBe(true);
  });

  test('is remembered only as long as the service keeps the task', async () => {
    await isNewEvent(cache, 'a', ended());
    cache.now += 3 * 24 * 3600 * 1000 - 1;
    expect(await isNewEvent(cache, 'a', ended())).toBe(false);
    cache.now += 1;
    expect(await isNewEvent(cache, 'a', ended())).toBe(true);
  });
});

describe('progress', () => {
  test('is new when it is higher than all before', async () => {
    expect(await newProgress([0, 15, 15, 46, 31, 46, 92])).toEqual([0, 15, 46, 92]);
  });

  test('without a percentage counts as 0', async () => {
    expect(await isNewEvent(cache, 'hook', running(undefined))).toBe(true);
    expect(await isNewEvent(cache, 'hook', running(undefined))).toBe(false);
    expect(await newProgress([0, 12])).toEqual([12]);
  });

  test('is not new once the end is known', async () => {
    await rememberEnd(cache, 'task-1');
    expect(await newProgress([46])).toEqual([]);
    expect(await isNewEvent(cache, 'hook', running(46, 'task-2'))).toBe(true);
  });

  test('is new at most once per minimum step, and not within the first', async () => {
    expect(await newProgress([0, 10, 24, 25, 40, 49, 51, 60, 99, 100], 25)).toEqual([
      25, 51, 99, 100,
    ]);
  });

  test('that skips steps is new once', async () => {
    expect(await newProgress([80, 60, 85], 25)).toEqual([80]);
  });

  test('in any order is new only when it rises, and at most once per step', async () => {
    const states = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 15 });
    await holds(
      fc.asyncProperty(states, fc.integer({ min: 1, max: 100 }), async (all, step) => {
        cache = new MemoryCache();
        const found = await newProgress(all, step);
        expect(found).toEqual([...found].sort((a, b) => a - b));
        const steps = found.map((progress) => Math.floor(progress / step));
        expect(new Set(steps).size).toBe(steps.length);
        const furthest = Math.floor(Math.max(0, ...all) / step);
        expect(Math.max(0, ...steps)).toBe(furthest);
      }),
    );
  });
});

test('an end is still new if the cache stored it but its answer was lost', async () => {
  const set = cache.set.bind(cache);
  // Core repeats the call itself; the second answer says that the key already exists.
  cache.set = async (...call) => {
    await set(...call);
    return set(...call);
  };
  expect(await isNewEvent(cache, 'hook', aTask({ status: 'finished' }))).toBe(true);
});

describe('rather twice than never', () => {
  const states = [running(46), running(46), ended(), ended()];

  test('every event is new when the cache fails', async () => {
    cache.fails = () => true;
    for (const task of states) {
      expect(await isNewEvent(cache, 'hook', task)).toBe(true);
    }
    await expect(rememberEnd(cache, 'task-1')).resolves.toBeUndefined();
  });

  test.each(['refuses', 'forgets'] as const)(
    'every event is new when the cache %s',
    async (habit) => {
      cache[habit] = true;
      for (const task of states) {
        expect(await isNewEvent(cache, 'hook', task)).toBe(true);
      }
    },
  );

  test.each(['get', 'set', 'delete'] as const)(
    "first events are new when the cache's %s fails",
    async (broken) => {
      cache.fails = (call) => call === broken;
      expect(await isNewEvent(cache, 'hook', running(46))).toBe(true);
      expect(await isNewEvent(cache, 'hook', ended())).toBe(true);
    },
  );
});
