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

test('a URL that is none takes no slot', async () => {
  expect(await thrownBy(() => subscribe(cache, 'task.finished', ''))).toBeInstanceOf(NoSlot);
  expect(cache.entries.size).toBe(0);
});

test('an entry that was stored though the cache said no counts', async () => {
  const set = cache.set.bind(cache);
  cache.set = async (...call) => {
    await set(...call);
    return false;
  };
  await subscribe(cache, 'task.finished', urlOf('a'));

  expect(cache.entries.size).toBe(1);
});

test('one URL subscribed twice at the same moment is listed, and one unsubscribing empties all it holds', async () => {
  const [first] = await Promise.all([
    subscribe(cache, 'task.finished', urlOf('a')),
    subscribe(cache, 'task.finished', urlOf('a')),
  ]);
  expect(new Set(await listedUrls(cache))).toEqual(new Set([urlOf('a')]));

  await unsubscribe(cache, first.id);
  expect(await listedUrls(cache)).toEqual([]);
});

test('a cache that says yes and reads nothing back is left as it was', async () => {
  const get = cache.get.bind(cache);
  cache.get = async (key) => {
    await get(key);
    return null;
  };
  const error = await thrownBy(() => subscribe(cache, 'task.finished', urlOf('a')));

  expect(error).toMatchObject({ name: 'NoSlot', full: false });
  expect(cache.entries.size).toBe(0);
});

test('slots full of what nobody can read are free', async () => {
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
