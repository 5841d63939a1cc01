import type { ZObject } from 'zapier-platform-core';
import { readDirectory, SLOTS } from '../../../delivery/direct/directory.ts';
import { eventOf, tellOthers } from '../../../delivery/direct/pass_on.ts';
import { isNews } from '../../../delivery/memory.ts';
import { STATUSES } from '../../../midjourney/task.ts';
import { aCallback, finishedId, listedUrls, listening, urlOf } from '../../support/hooks.ts';
import { MemoryCache } from '../../support/memory_cache.ts';
import { aTask } from '../../support/tasks.ts';
import { answering, logOf, zOf } from '../../support/z.ts';

const OWN = { id: finishedId('own'), event: 'task.finished', target_url: urlOf('own') } as const;
const RUNNING = aTask({ status: 'processing', progress: 46 });

let z: ZObject;
let cache: MemoryCache;
beforeEach(async () => {
  z = await zOf();
  logOf(z);
  cache = new MemoryCache();
});

test('only the two ends are for those who wait for an end', () => {
  const ends = STATUSES.filter((status) => eventOf(aTask({ status })) === 'task.finished');
  expect(ends).toEqual(['finished', 'failed']);
});

test('the others hear of it, each at the kind of hook it asked for', async () => {
  await listening(cache, 'task.finished', ['own', 'a']);
  await listening(cache, 'task.progress', ['b']);
  const sent = answering(z, () => 200);
  await tellOthers(z, cache, aCallback(), OWN);
  await tellOthers(z, cache, aCallback({ task: RUNNING }), OWN);
  expect(sent.map(({ url }) => url)).toEqual([
    `${urlOf('a')}?forwarded=1`,
    `${urlOf('b')}?forwarded=1`,
  ]);
});

test('an end is remembered, so that late progress is no news', async () => {
  answering(z, () => 200);
  await listening(cache, 'task.progress', ['progress']);
  await tellOthers(z, cache, aCallback(), OWN);
  expect(await isNews(cache, 'any hook', RUNNING)).toBe(false);
});

test('progress is not remembered as an end', async () => {
  await tellOthers(z, cache, aCallback({ task: RUNNING }), OWN);
  expect(await isNews(cache, 'any hook', RUNNING)).toBe(true);
});

test('a hook that the cache forgot is entered again when it is called', async () => {
  await tellOthers(z, cache, aCallback(), OWN);
  expect(await listedUrls(cache)).toEqual([urlOf('own')]);
});

test('a hook whose URL is not known cannot be entered', async () => {
  await tellOthers(z, cache, aCallback(), { ...OWN, target_url: '' });
  expect(await listedUrls(cache)).toEqual([]);
});

test('being called is a sign of life', async () => {
  await listening(cache, 'task.finished', ['own'], 'stale');
  const before = Date.now();
  await tellOthers(z, cache, aCallback(), OWN);
  const [slot] = (await readDirectory(cache)).slots;
  expect(slot?.hook.renewed_at).toBeGreaterThanOrEqual(before);
});

test('a hook heard of a moment ago is not written again', async () => {
  await listening(cache, 'task.finished', ['own']);
  const before = [...cache.entries.values()];
  await tellOthers(z, cache, aCallback(), OWN);
  const hooks = [...cache.entries].filter(([key]) => key.startsWith('hook:'));
  expect(hooks.map(([, entry]) => entry)).toEqual(before);
});

test('a cache that fails costs the receiver nothing', async () => {
  cache.fails = () => true;
  await expect(tellOthers(z, cache, aCallback(), OWN)).resolves.toBeUndefined();
});

test('a cache that only stores nothing costs the receiver nothing', async () => {
  await listening(cache, 'task.finished', ['own'], 'stale');
  cache.fails = (call) => call === 'set';
  await expect(tellOthers(z, cache, aCallback(), OWN)).resolves.toBeUndefined();
});

test('a hook whose entry could not be read is not taken for a forgotten one', async () => {
  await listening(cache, 'task.finished', ['own']);
  const written: string[] = [];
  let reads = 0;
  cache.fails = (call, key) => {
    reads += Number(call === 'get');
    written.push(...(call === 'set' && key.startsWith('hook:') ? [key] : []));
    return call === 'get' && reads <= SLOTS;
  };
  await tellOthers(z, cache, aCallback(), OWN);
  expect(written).toEqual([]);
});
