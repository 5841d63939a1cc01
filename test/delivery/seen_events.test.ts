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

/** What of these states a hook gets to hear. */
async function heard(states: readonly number[], step?: number): Promise<number[]> {
  const news: number[] = [];
  for (const progress of states) {
    if (await isNewEvent(cache, 'hook', running(progress), step)) {
      news.push(progress);
    }
  }
  return news;
}

describe('an end', () => {
  test('is news once, for each hook and task', async () => {
    expect(await isNewEvent(cache, 'a', ended())).toBe(true);
    expect(await isNewEvent(cache, 'a', ended())).toBe(false);
    expect(await isNewEvent(cache, 'b', ended())).toBe(true);
    expect(await isNewEvent(cache, 'a', { ...ended(), id: 'task-2' })).toBe(true);
  });

  test('is news after any progress, also when none of it was', async () => {
    await heard([20, 100]);
    await rememberEnd(cache, 'task-1');
    expect(await isNewEvent(cache, 'hook', ended('failed'))).toBe(true);
  });

  test('is forgotten when the service itself has forgotten the task', async () => {
    await isNewEvent(cache, 'a', ended());
    cache.now += 3 * 24 * 3600 * 1000 - 1;
    expect(await isNewEvent(cache, 'a', ended())).toBe(false);
    cache.now += 1;
    expect(await isNewEvent(cache, 'a', ended())).toBe(true);
  });
});

describe('progress', () => {
  test('is news when it is ahead of what was heard', async () => {
    expect(await heard([0, 15, 15, 46, 31, 46, 92])).toEqual([0, 15, 46, 92]);
  });

  test('of unknown size counts as the beginning', async () => {
    expect(await isNewEvent(cache, 'hook', running(undefined))).toBe(true);
    expect(await isNewEvent(cache, 'hook', running(undefined))).toBe(false);
    expect(await heard([0, 12])).toEqual([12]);
  });

  test('is no news once the end is known', async () => {
    await rememberEnd(cache, 'task-1');
    expect(await heard([46])).toEqual([]);
    expect(await isNewEvent(cache, 'hook', running(46, 'task-2'))).toBe(true);
  });

  test('comes at most once for each step, and not before the first', async () => {
    expect(await heard([0, 10, 24, 25, 40, 49, 51, 60, 99, 100], 25)).toEqual([25, 51, 99, 100]);
  });

  test('that jumps over a step is told once', async () => {
    expect(await heard([80, 60, 85], 25)).toEqual([80]);
  });

  test('in any order is heard only forwards, and at most once for each step', async () => {
    const states = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 15 });
    await holds(
      fc.asyncProperty(states, fc.integer({ min: 1, max: 100 }), async (all, step) => {
        cache = new MemoryCache();
        const news = await heard(all, step);
        expect(news).toEqual([...news].sort((a, b) => a - b));
        const steps = news.map((progress) => Math.floor(progress / step));
        expect(new Set(steps).size).toBe(steps.length);
        const furthest = Math.floor(Math.max(0, ...all) / step);
        expect(Math.max(0, ...steps)).toBe(furthest);
      }),
    );
  });
});

test('an end that was stored though the answer got lost on the way is still news', async () => {
  const set = cache.set.bind(cache);
  // Core asks again by itself; the second answer says that the key is there already.
  cache.set = async (...call) => {
    await set(...call);
    return set(...call);
  };
  expect(await isNewEvent(cache, 'hook', aTask({ status: 'finished' }))).toBe(true);
});

describe('rather twice than never', () => {
  const states = [running(46), running(46), ended(), ended()];

  test('a cache that fails lets everything through', async () => {
    cache.fails = () => true;
    for (const task of states) {
      expect(await isNewEvent(cache, 'hook', task)).toBe(true);
    }
    await expect(rememberEnd(cache, 'task-1')).resolves.toBeUndefined();
  });

  test.each(['refuses', 'forgets'] as const)(
    'a cache that %s lets everything through',
    async (habit) => {
      cache[habit] = true;
      for (const task of states) {
        expect(await isNewEvent(cache, 'hook', task)).toBe(true);
      }
    },
  );

  test.each(['get', 'set', 'delete'] as const)(
    'a cache whose %s fails costs no first event',
    async (broken) => {
      cache.fails = (call) => call === broken;
      expect(await isNewEvent(cache, 'hook', running(46))).toBe(true);
      expect(await isNewEvent(cache, 'hook', ended())).toBe(true);
    },
  );
});
