import {
  FRESH_MILLISECONDS,
  isFresh,
  LIFE_SECONDS,
  NoSlot,
  readDirectory,
  remove,
  SLOTS,
  subscribe,
  unsubscribe,
} from '../../../delivery/direct/directory.ts';
import { fill, finishedId, listedUrls, listening, urlOf, urls } from '../../support/hooks.ts';
import { MemoryCache } from '../../support/memory_cache.ts';
import { thrownBy } from '../../support/z.ts';

const NOW = Date.parse('2026-03-12T09:00:00Z');
let cache: MemoryCache;
beforeEach(() => {
  cache = new MemoryCache();
});

describe('subscribing', () => {
  test('stores the hook and asks Zapier to renew it long before the entry expires', async () => {
    const subscription = await subscribe(cache, 'task.finished', urlOf('a'), NOW);
    expect(subscription).toEqual({
      id: finishedId('a'),
      target_url: urlOf('a'),
      expiration_date: '2026-03-19T21:00:00.000Z',
    });
    expect((await readDirectory(cache)).slots.map(({ hook }) => hook)).toEqual([
      {
        id: finishedId('a'),
        event: 'task.finished',
        target_url: urlOf('a'),
        renewed_at: NOW,
        own_secret: true,
      },
    ]);
  });

  test('the same URL again renews its entry instead of taking another slot', async () => {
    const first = await subscribe(cache, 'task.finished', urlOf('a'), NOW);
    cache.now += (LIFE_SECONDS - 1) * 1000;
    const second = await subscribe(cache, 'task.finished', urlOf('a'), NOW + 5);
    cache.now += 2000;
    expect(second.id).toBe(first.id);
    const { slots } = await readDirectory(cache);
    expect(slots).toHaveLength(1);
    expect(slots[0]?.hook.renewed_at).toBe(NOW + 5);
  });

  test('the same URL for another kind of event is another hook', async () => {
    const finished = await subscribe(cache, 'task.finished', urlOf('a'));
    const progress = await subscribe(cache, 'task.progress', urlOf('a'));
    expect(progress.id).not.toBe(finished.id);
    expect((await readDirectory(cache)).slots).toHaveLength(2);
  });

  test('an entry that is not renewed expires', async () => {
    await listening(cache, 'task.finished', ['a']);
    cache.now += LIFE_SECONDS * 1000;
    expect(await listedUrls(cache)).toEqual([]);
  });

  test('one Zap more than there are slots gets an error that the directory is full', async () => {
    await listening(cache, 'task.finished', [...Array(SLOTS).keys()]);
    const error = await thrownBy(() => subscribe(cache, 'task.finished', urlOf('late')));
    expect(error).toBeInstanceOf(NoSlot);
    expect(error).toMatchObject({ full: true });
    expect(await listedUrls(cache)).toEqual(urls(SLOTS));
  });

  test('a full directory still renews its own entries', async () => {
    await listening(cache, 'task.finished', [...Array(SLOTS).keys()]);
    await expect(subscribe(cache, 'task.finished', urlOf(3))).resolves.toMatchObject({
      id: finishedId(3),
    });
  });

  test.each(['refuses', 'forgets'] as const)(
    'a cache that %s is not reported as a full directory',
    async (habit) => {
      cache[habit] = true;
      const error = await thrownBy(() => subscribe(cache, 'task.finished', urlOf('a')));
      expect(error).toBeInstanceOf(NoSlot);
      expect(error).toMatchObject({ full: false });
    },
  );

  test('a cache that fails is an error, not a subscription', async () => {
    cache.fails = () => true;
    await expect(subscribe(cache, 'task.finished', urlOf('a'))).rejects.toThrow();
  });

  test.each([[null], ['text'], [7], [{}], [{ id: 'x', event: 'other' }], [{ id: 1 }]])(
    'a slot that holds %j is not a hook',
    async (garbage) => {
      fill(cache, garbage, garbage === null ? 0 : 8);
      await listening(cache, 'task.finished', ['a', 'b', 'c']);
      expect(await listedUrls(cache)).toEqual([urlOf('a'), urlOf('b'), urlOf('c')]);
    },
  );
});

describe('reading', () => {
  test('slots that could not be read make the directory incomplete, not empty', async () => {
    await listening(cache, 'task.finished', ['a']);
    const [taken] = cache.entries.keys();
    cache.fails = (_call, key) => key !== taken;
    const directory = await readDirectory(cache);
    expect(directory.slots).toHaveLength(1);
    expect(directory.complete).toBe(false);
  });

  test('an empty directory is complete', async () => {
    expect(await readDirectory(cache)).toEqual({ slots: [], complete: true });
  });
});

describe('unsubscribing', () => {
  test('empties its own slot and no other', async () => {
    await listening(cache, 'task.finished', ['a', 'b', 'c']);
    await unsubscribe(cache, finishedId('b'));
    expect(await listedUrls(cache)).toEqual([urlOf('a'), urlOf('c')]);
  });

  test('succeeds when the hook is already gone', async () => {
    await unsubscribe(cache, finishedId('a'));
    await listening(cache, 'task.finished', ['a']);
    await unsubscribe(cache, '');
    expect(await listedUrls(cache)).toEqual([urlOf('a')]);
  });

  test('makes room for another Zap', async () => {
    await listening(cache, 'task.finished', [...Array(SLOTS).keys()]);
    await unsubscribe(cache, finishedId(5));
    await subscribe(cache, 'task.finished', urlOf('late'));
    expect(await listedUrls(cache)).toHaveLength(SLOTS);
    expect(await listedUrls(cache)).toContain(urlOf('late'));
  });
});

test('removing a hook leaves its slot alone when another hook has taken it', async () => {
  await listening(cache, 'task.finished', ['a']);
  const [slot] = (await readDirectory(cache)).slots;
  if (!slot) {
    throw new Error('Nothing was entered.');
  }
  await remove(cache, { ...slot, hook: { ...slot.hook, id: 'earlier owner' } });
  expect(await listedUrls(cache)).toEqual([urlOf('a')]);
  await remove(cache, slot);
  expect(await listedUrls(cache)).toEqual([]);
});

test('a sign of life counts for ten minutes', () => {
  const hook = {
    id: 'x',
    event: 'task.finished',
    target_url: urlOf('a'),
    renewed_at: NOW,
  } as const;
  expect(isFresh(hook, NOW + FRESH_MILLISECONDS - 1)).toBe(true);
  expect(isFresh(hook, NOW + FRESH_MILLISECONDS)).toBe(false);
});
