import fc from 'fast-check';
import {
  readDirectory,
  SLOTS,
  subscribe,
  unsubscribe,
} from '../../../delivery/direct/directory.ts';
import { holds } from '../../support/holds.ts';
import { finishedId, listedUrls, listening, urlOf, urls } from '../../support/hooks.ts';
import { MemoryCache } from '../../support/memory_cache.ts';

/** A cache that answers in any order the scheduler chooses. */
function scheduledCache(scheduler: fc.Scheduler): MemoryCache {
  const cache = new MemoryCache();
  cache.pause = () => scheduler.schedule(Promise.resolve());
  return cache;
}

const all = <Result>(count: number, run: (zap: number) => Promise<Result>) =>
  Promise.allSettled(Array.from({ length: count }, (_, zap) => run(zap)));

test('Zaps switched on at the same moment all get and keep a slot', async () => {
  await holds(
    fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: SLOTS }), async (s, count) => {
      const cache = scheduledCache(s);
      const run = all(count, (zap) => subscribe(cache, 'task.finished', urlOf(zap)));
      const outcomes = await s.waitFor(run);
      expect(outcomes.map(({ status }) => status)).toEqual(Array(count).fill('fulfilled'));
      cache.pause = () => Promise.resolve();
      expect(await listedUrls(cache)).toEqual(urls(count));
    }),
    20,
  );
});

test('with more Zaps than slots, some keep a slot and the others get an error', async () => {
  await holds(
    fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 4 }), async (s, more) => {
      const cache = scheduledCache(s);
      const run = all(SLOTS + more, (zap) => subscribe(cache, 'task.finished', urlOf(zap)));
      const outcomes = await s.waitFor(run);
      cache.pause = () => Promise.resolve();
      const promised = outcomes.flatMap((outcome) =>
        outcome.status === 'fulfilled' ? [outcome.value.target_url] : [],
      );
      expect(promised).toHaveLength(SLOTS);
      expect(await listedUrls(cache)).toEqual(promised.sort());
    }),
    8,
  );
});

test('switching Zaps on and off at the same moment affects no other Zap', async () => {
  await holds(
    fc.asyncProperty(fc.scheduler(), async (s) => {
      const cache = new MemoryCache();
      await listening(cache, 'task.finished', ['stays', 'goes-1', 'goes-2']);
      cache.pause = () => s.schedule(Promise.resolve());
      const run = Promise.all([
        subscribe(cache, 'task.finished', urlOf('comes-1')),
        unsubscribe(cache, finishedId('goes-1')),
        subscribe(cache, 'task.finished', urlOf('comes-2')),
        unsubscribe(cache, finishedId('goes-2')),
      ]);
      await s.waitFor(run);
      cache.pause = () => Promise.resolve();
      expect(await listedUrls(cache)).toEqual(['comes-1', 'comes-2', 'stays'].map(urlOf));
    }),
    30,
  );
});

test('a Zap that subscribed twice at once leaves no entry when it is switched off', async () => {
  await holds(
    fc.asyncProperty(fc.scheduler(), async (s) => {
      const cache = scheduledCache(s);
      const twice = all(2, () => subscribe(cache, 'task.finished', urlOf('a')));
      await s.waitFor(twice);
      cache.pause = () => Promise.resolve();
      expect(new Set(await listedUrls(cache))).toEqual(new Set([urlOf('a')]));
      await unsubscribe(cache, finishedId('a'));
      expect((await readDirectory(cache)).slots).toEqual([]);
    }),
    20,
  );
});
