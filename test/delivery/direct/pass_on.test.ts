import type { ZObject } from 'zapier-platform-core';
import { readDirectory, SLOTS } from '../../../delivery/direct/directory.ts';
import { passOn } from '../../../delivery/direct/pass_on.ts';
import { eventOf } from '../../../delivery/hook.ts';
import { isNewEvent } from '../../../delivery/seen_events.ts';
import { STATUSES } from '../../../midjourney/task.ts';
import {
  aWebhook,
  connectionOf,
  finishedId,
  listedUrls,
  listening,
  urlOf,
} from '../../support/hooks.ts';
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

test('only finished and failed tasks are events of Task Finished', () => {
  const ends = STATUSES.filter((status) => eventOf(aTask({ status })) === 'task.finished');
  expect(ends).toEqual(['finished', 'failed']);
});

test('an event goes only to the other hooks that subscribed to its kind', async () => {
  await listening(cache, 'task.finished', ['own', 'a']);
  await listening(cache, 'task.progress', ['b']);
  const sent = answering(z, () => 200);
  await passOn(z, cache, connectionOf(z), aWebhook(), OWN);
  await passOn(z, cache, connectionOf(z), aWebhook({ task: RUNNING }), OWN);
  expect(sent.map(({ url }) => url)).toEqual([
    `${urlOf('a')}?forwarded=1`,
    `${urlOf('b')}?forwarded=1`,
  ]);
});

test('a forwarded event is not forwarded again', async () => {
  await listening(cache, 'task.finished', ['own', 'a']);
  const sent = answering(z, () => 200);
  await passOn(z, cache, connectionOf(z), aWebhook({ forwarded: true }), OWN);
  expect(sent).toEqual([]);
});

test('an end is remembered, so that late progress is not new', async () => {
  answering(z, () => 200);
  await listening(cache, 'task.progress', ['progress']);
  await passOn(z, cache, connectionOf(z), aWebhook(), OWN);
  expect(await isNewEvent(cache, 'any hook', RUNNING)).toBe(false);
});

test('an end is written down only for Task Progress Zaps', async () => {
  answering(z, () => 200);
  await listening(cache, 'task.finished', ['own', 'a']);
  await passOn(z, cache, connectionOf(z), aWebhook(), OWN);
  expect([...cache.entries.keys()].filter((key) => key.startsWith('ended:'))).toEqual([]);
});

test('progress is not remembered as an end', async () => {
  answering(z, () => 200);
  await listening(cache, 'task.progress', ['progress']);
  await passOn(z, cache, connectionOf(z), aWebhook({ task: RUNNING }), OWN);
  expect(await isNewEvent(cache, 'any hook', RUNNING)).toBe(true);
});

test('a hook that is missing from the directory is added again when it is called', async () => {
  await passOn(z, cache, connectionOf(z), aWebhook(), OWN);
  expect(await listedUrls(cache)).toEqual([urlOf('own')]);
});

test('a hook without a URL is not added to the directory', async () => {
  await passOn(z, cache, connectionOf(z), aWebhook(), { ...OWN, target_url: '' });
  expect(await listedUrls(cache)).toEqual([]);
});

test('a hook that is called gets a new sign of life', async () => {
  await listening(cache, 'task.finished', ['own'], 'stale');
  const before = Date.now();
  await passOn(z, cache, connectionOf(z), aWebhook(), OWN);
  const [slot] = (await readDirectory(cache)).slots;
  expect(slot?.hook.renewed_at).toBeGreaterThanOrEqual(before);
});

test('a hook with a recent sign of life is not stored again', async () => {
  await listening(cache, 'task.finished', ['own']);
  const before = [...cache.entries.values()];
  await passOn(z, cache, connectionOf(z), aWebhook(), OWN);
  const hooks = [...cache.entries].filter(([key]) => key.startsWith('hook:'));
  expect(hooks.map(([, entry]) => entry)).toEqual(before);
});

test('a cache that fails does not make the receiver fail', async () => {
  cache.fails = () => true;
  await expect(passOn(z, cache, connectionOf(z), aWebhook(), OWN)).resolves.toBeUndefined();
});

test('a cache that cannot be written does not make the receiver fail', async () => {
  await listening(cache, 'task.finished', ['own'], 'stale');
  cache.fails = (call) => call === 'set';
  await expect(passOn(z, cache, connectionOf(z), aWebhook(), OWN)).resolves.toBeUndefined();
});

test('a hook whose entry could not be read is not stored a second time', async () => {
  await listening(cache, 'task.finished', ['own']);
  const written: string[] = [];
  let reads = 0;
  cache.fails = (call, key) => {
    reads += Number(call === 'get');
    written.push(...(call === 'set' && key.startsWith('hook:') ? [key] : []));
    return call === 'get' && reads <= SLOTS;
  };
  await passOn(z, cache, connectionOf(z), aWebhook(), OWN);
  expect(written).toEqual([]);
});
