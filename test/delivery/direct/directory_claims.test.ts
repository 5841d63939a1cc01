import {
  NoSlot,
  readDirectory,
  renew,
  subscribe,
  unsubscribe,
} from '../../../delivery/direct/directory.ts';
import { fill, listedUrls, urlOf } from '../../support/hooks.ts';
import { MemoryCache } from '../../support/memory_cache.ts';
import { thrownBy } from '../../support/z.ts';

let cache: MemoryCache;
beforeEach(() => {
  cache = new MemoryCache();
});

test('an empty URL takes no slot', async () => {
  expect(await thrownBy(() => subscribe(cache, 'task.finished', ''))).toBeInstanceOf(NoSlot);
  expect(cache.entries.size).toBe(0);
});

test('an entry counts if it was stored, even when the cache answered false', async () => {
  const set = cache.set.bind(cache);
  cache.set = async (...call) => {
    await set(...call);
    return false;
  };
  await subscribe(cache, 'task.finished', urlOf('a'));

  expect(cache.entries.size).toBe(1);
});

test('a URL subscribed twice at once is listed, and unsubscribing empties every slot it holds', async () => {
  const [first] = await Promise.all([
    subscribe(cache, 'task.finished', urlOf('a')),
    subscribe(cache, 'task.finished', urlOf('a')),
  ]);
  expect(new Set(await listedUrls(cache))).toEqual(new Set([urlOf('a')]));

  await unsubscribe(cache, first.id);
  expect(await listedUrls(cache)).toEqual([]);
});

test('subscribing leaves nothing behind when the cache cannot read back what it stored', async () => {
  const get = cache.get.bind(cache);
  cache.get = async (key) => {
    await get(key);
    return null;
  };
  const error = await thrownBy(() => subscribe(cache, 'task.finished', urlOf('a')));

  expect(error).toMatchObject({ name: 'NoSlot', full: false });
  expect(cache.entries.size).toBe(0);
});

test('slots that hold unreadable values count as free', async () => {
  fill(cache, { of: 'another release' });
  await subscribe(cache, 'task.finished', urlOf('a'));

  expect(await listedUrls(cache)).toEqual([urlOf('a')]);
});

test('a late sign of life does not bring back a hook that was unsubscribed', async () => {
  const { id } = await subscribe(cache, 'task.finished', urlOf('gone'));
  const [slot] = (await readDirectory(cache)).slots;
  await unsubscribe(cache, id);
  if (slot) {
    await renew(cache, slot);
  }

  expect(slot).toBeDefined();
  expect(await listedUrls(cache)).toEqual([]);
});
