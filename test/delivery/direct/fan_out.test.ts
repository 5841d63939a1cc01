import type { HttpRequestOptions, ZObject } from 'zapier-platform-core';
import { readDirectory } from '../../../delivery/direct/directory.ts';
import { fanOut } from '../../../delivery/direct/fan_out.ts';
import type { HookEvent } from '../../../delivery/hook.ts';
import { callbackSecret, hookSecret } from '../../../delivery/secret.ts';
import { aWebhook, finishedId, listedUrls, listening, urlOf } from '../../support/hooks.ts';
import { MemoryCache } from '../../support/memory_cache.ts';
import { answering, logOf, zOf } from '../../support/z.ts';

// The pauses between attempts use a timer that jest's fake clock can advance.
jest.mock('node:timers/promises', () => ({
  setTimeout: (milliseconds: number) =>
    new Promise((resolve) => globalThis.setTimeout(resolve, milliseconds)),
}));

const API_KEY = 'key-0123456789';

let z: ZObject;
let log: string[];
let cache: MemoryCache;
beforeEach(async () => {
  z = await zOf();
  log = logOf(z);
  cache = new MemoryCache();
  jest.useFakeTimers({ now: Date.parse('2026-03-12T09:00:00Z') });
});
afterEach(() => {
  jest.useRealTimers();
});

async function passOn(
  callback = aWebhook(),
  event: HookEvent = 'task.finished',
  ownId = finishedId('own'),
): Promise<void> {
  const deadline = Date.now() + 15_000;
  const directory = await readDirectory(cache);
  const run = fanOut(z, cache, directory, callback, event, { apiKey: API_KEY, ownId, deadline });
  await jest.advanceTimersByTimeAsync(20_000);
  await run;
}

/** A receiver that is in no directory, whose deadline has passed. */
const UNLISTED = { apiKey: API_KEY, ownId: '', deadline: 0 };

const calledUrls = (sent: readonly HttpRequestOptions[]) =>
  sent.map(({ url = '' }) => url.replace(/\?.*/, '')).sort();

test('every other hook for this event is called once, and no other hook', async () => {
  await listening(cache, 'task.finished', ['own', 'a', 'b']);
  await listening(cache, 'task.progress', ['c', 'a']);
  const sent = answering(z, () => 200);
  await passOn();
  expect(calledUrls(sent)).toEqual([urlOf('a'), urlOf('b')]);
  expect(log).toEqual([]);
});

test('a progress event goes to the Task Progress hooks', async () => {
  await listening(cache, 'task.finished', ['own', 'a']);
  await listening(cache, 'task.progress', ['c']);
  const sent = answering(z, () => 200);
  await passOn(aWebhook(), 'task.progress');
  expect(calledUrls(sent)).toEqual([urlOf('c')]);
});

test('the body is forwarded unchanged, with the secret that the hook takes, and reference and forwarded=1 in the URL', async () => {
  await listening(cache, 'task.finished', ['a']);
  const sent = answering(z, () => 200);
  const content = '{"task_id":"task-1", "status":"finished"}\n';
  await passOn(aWebhook({ content, reference: 'row 7' }));
  expect(sent).toEqual([
    expect.objectContaining({
      url: `${urlOf('a')}?reference=row+7&forwarded=1`,
      method: 'POST',
      body: content,
      headers: {
        'content-type': 'application/json',
        'x-webhook-secret': hookSecret(API_KEY, urlOf('a')),
      },
    }),
  ]);
});

test('a hook that an earlier version entered gets the secret of earlier versions', async () => {
  const hook = {
    id: 'old',
    event: 'task.finished',
    target_url: urlOf('a'),
    renewed_at: 0,
  } as const;
  const sent = answering(z, () => 200);
  const directory = { slots: [{ number: 0, hook }], complete: true };
  await fanOut(z, cache, directory, aWebhook(), 'task.finished', UNLISTED);
  expect(sent[0]?.headers).toMatchObject({ 'x-webhook-secret': callbackSecret(API_KEY) });
});

test('a body that contains {{ is forwarded as equivalent JSON without {{', async () => {
  await listening(cache, 'task.finished', ['a']);
  const sent = answering(z, () => 200);
  const content = '{"task_id":"task-1","prompt":"{{bundle.x}}"}';
  await passOn(aWebhook({ content }));
  const body = String(sent[0]?.body);
  expect(body).not.toContain('{{');
  expect(JSON.parse(body)).toEqual(JSON.parse(content));
});

test('a hook that is stored twice is called once', async () => {
  await listening(cache, 'task.finished', ['a']);
  const [entry] = cache.entries.values();
  const free = Array.from({ length: 16 }, (_, slot) => `hook:${slot}`);
  const twin = free.find((key) => !cache.entries.has(key));
  if (entry && twin) {
    cache.entries.set(twin, entry);
  }
  expect(await listedUrls(cache)).toEqual([urlOf('a'), urlOf('a')]);
  const sent = answering(z, () => 200);
  await passOn();
  expect(sent).toHaveLength(1);
});

test('a hook that answers 410 is removed and not called again', async () => {
  await listening(cache, 'task.finished', ['a', 'b']);
  const sent = answering(z, ({ url }) => (url?.startsWith(urlOf('a')) ? 410 : 200));
  await passOn();
  expect(sent).toHaveLength(2);
  expect(await listedUrls(cache)).toEqual([urlOf('b')]);
  expect(log).toEqual([]);
});

test.each([
  ['answers 429', 429],
  ['answers 500', 500],
  ['cannot be reached', new Error('ECONNRESET')],
])('a hook that %s for a moment gets the event on a later attempt', async (_state, trouble) => {
  await listening(cache, 'task.finished', ['a']);
  const sent = answering(z, (_request, earlier) => (earlier < 2 ? trouble : 200));
  await passOn();
  expect(sent).toHaveLength(3);
  expect(log).toEqual([]);
});

test.each([[0], [0.999]])(
  'a hook that keeps failing is given up at the deadline, the others get the event (jitter %d)',
  async (jitter) => {
    jest.spyOn(Math, 'random').mockReturnValue(jitter);
    await listening(cache, 'task.finished', ['a', 'b']);
    const start = Date.now();
    let last = 0;
    const sent = answering(z, ({ url, timeout = 0 }) => {
      last = Date.now() - start;
      expect(timeout).toBeGreaterThan(0);
      return url?.startsWith(urlOf('a')) ? 503 : 200;
    });
    await passOn();
    expect(calledUrls(sent).filter((url) => url === urlOf('b'))).toHaveLength(1);
    expect(sent.length).toBeGreaterThan(5);
    expect(sent.length).toBeLessThan(20);
    expect(last).toBeLessThanOrEqual(15_000);
    expect(log).toEqual(['Passed task.finished on to 1 of 2 other Zaps.']);
    expect(await listedUrls(cache)).toEqual([urlOf('a'), urlOf('b')]);
  },
);

test('a sign of life is stored when the last one is old', async () => {
  await listening(cache, 'task.finished', ['a'], 'stale');
  answering(z, () => 200);
  const before = Date.now();
  await passOn();
  const [slot] = (await readDirectory(cache)).slots;
  expect(slot?.hook.renewed_at).toBeGreaterThanOrEqual(before);
});

test('a cache that fails afterwards does not stop the fan-out', async () => {
  await listening(cache, 'task.finished', ['a', 'b'], 'stale');
  const directory = await readDirectory(cache);
  cache.fails = () => true;
  const sent = answering(z, (_request, earlier) => (earlier === 0 ? 410 : 200));
  await expect(
    fanOut(z, cache, directory, aWebhook(), 'task.finished', UNLISTED),
  ).resolves.toBeUndefined();
  expect(sent).toHaveLength(2);
});

test('the log says so when the directory could not be read in full', async () => {
  answering(z, () => 200);
  await fanOut(z, cache, { slots: [], complete: false }, aWebhook(), 'task.finished', UNLISTED);
  expect(log).toEqual([
    'Passed task.finished on to 0 of 0 other Zaps. The list of Zaps could not be read in full.',
  ]);
});
