import type { ZObject } from 'zapier-platform-core';
import { chooseHook } from '../../../delivery/direct/choose_hook.ts';
import { noteDoubt } from '../../../delivery/direct/doubt.ts';
import { listedUrls, listening, urlOf } from '../../support/hooks.ts';
import { MemoryCache } from '../../support/memory_cache.ts';
import { answering, thrownBy, zOf } from '../../support/z.ts';

let z: ZObject;
let cache: MemoryCache;
beforeEach(async () => {
  z = await zOf();
  cache = new MemoryCache();
});

const choose = () => chooseHook(z, cache);
const chosenUrl = async () => (await choose())?.hook.target_url;

describe('which hook a new task reports to', () => {
  test('a Task Finished hook is preferred to a Task Progress hook', async () => {
    answering(z, () => 200);
    await listening(cache, 'task.finished', ['end']);
    await listening(cache, 'task.progress', ['progress']);
    expect(await chosenUrl()).toBe(urlOf('end'));
  });

  test('a Task Progress hook is used when there is no other', async () => {
    answering(z, () => 200);
    await listening(cache, 'task.progress', ['progress']);
    expect(await chosenUrl()).toBe(urlOf('progress'));
  });

  test('the hook with the newest sign of life is chosen', async () => {
    const sent = answering(z, () => 200);
    await listening(cache, 'task.finished', ['old'], 'stale');
    await listening(cache, 'task.finished', ['new'], 'fresh');
    expect(await chosenUrl()).toBe(urlOf('new'));
    expect(sent).toEqual([]);
  });

  test('no hook is chosen when no Zap listens', async () => {
    expect(await choose()).toBeUndefined();
  });
});

describe('after a Zap could not be unsubscribed', () => {
  test('a hook that has not proved itself since is pinged, and counts again once it has', async () => {
    await listening(cache, 'task.finished', ['a']);
    await noteDoubt(cache, Date.now() + 1);
    const sent = answering(z, () => 200);

    expect(await chosenUrl()).toBe(urlOf('a'));
    expect(sent).toHaveLength(1);
    await noteDoubt(cache, Date.now() - 60_000);
    expect(await chosenUrl()).toBe(urlOf('a'));
    expect(sent).toHaveLength(1);
  });

  test('one that is gone is not chosen, though its sign of life is the newest', async () => {
    await listening(cache, 'task.finished', ['alive'], 'stale');
    await listening(cache, 'task.finished', ['gone']);
    await noteDoubt(cache, Date.now() + 1);
    answering(z, ({ url = '' }) => (url.startsWith(urlOf('gone')) ? 410 : 200));

    expect(await chosenUrl()).toBe(urlOf('alive'));
    expect(await listedUrls(cache)).toEqual([urlOf('alive')]);
  });

  test('it is doubted as well when that cannot be read', async () => {
    await listening(cache, 'task.finished', ['a']);
    cache.fails = (_, key) => key === 'doubt';
    const sent = answering(z, () => 200);

    expect(await chosenUrl()).toBe(urlOf('a'));
    expect(sent).toHaveLength(1);
  });
});

describe('a hook without a recent sign of life', () => {
  test('is pinged first, with a call that runs no Zap', async () => {
    await listening(cache, 'task.finished', ['a'], 'stale');
    const sent = answering(z, () => 200);
    expect(await chosenUrl()).toBe(urlOf('a'));
    expect(sent).toEqual([
      expect.objectContaining({
        url: `${urlOf('a')}?ping=1`,
        body: '{}',
        headers: { 'content-type': 'application/json' },
        timeout: 2_000,
      }),
    ]);
  });

  test('is not pinged again right after it answered', async () => {
    await listening(cache, 'task.finished', ['a'], 'stale');
    const sent = answering(z, () => 200);
    await choose();
    await choose();
    expect(sent).toHaveLength(1);
  });

  test('is removed when it answers 410, and the next hook is chosen', async () => {
    await listening(cache, 'task.finished', ['gone-1', 'gone-2'], 'stale');
    await listening(cache, 'task.progress', ['alive'], 'stale');
    answering(z, ({ url }) => (url?.includes('gone') ? 410 : 200));
    expect(await chosenUrl()).toBe(urlOf('alive'));
    expect(await listedUrls(cache)).toEqual([urlOf('alive')]);
  });

  test('leaves the task without a webhook when the last hook answers 410', async () => {
    await listening(cache, 'task.finished', ['gone'], 'stale');
    answering(z, () => 410);
    expect(await choose()).toBeUndefined();
  });

  test.each([[429], [500], [new Error('time-out')]])(
    'is still used when it answers %p, for only 410 means that it is gone',
    async (reply) => {
      await listening(cache, 'task.finished', ['a'], 'stale');
      answering(z, () => reply);
      expect(await chosenUrl()).toBe(urlOf('a'));
      expect(await listedUrls(cache)).toEqual([urlOf('a')]);
    },
  );

  test.each([
    [410, undefined],
    [200, urlOf('a')],
  ])(
    'after HTTP %i the choice is the same when the cache cannot be written',
    async (status, expected) => {
      await listening(cache, 'task.finished', ['a'], 'stale');
      cache.fails = (call) => call !== 'get';
      answering(z, () => status);
      expect(await chosenUrl()).toBe(expected);
    },
  );
});

describe('among hooks without a recent sign of life', () => {
  const answers = (statuses: Record<string, number>) =>
    answering(
      z,
      ({ url = '' }) =>
        statuses[Object.keys(statuses).find((name) => url.includes(name)) ?? ''] ?? 200,
    );

  test('one that answers is preferred to one that is busy', async () => {
    await listening(cache, 'task.finished', ['answers', 'busy'], 'stale');
    answers({ busy: 429 });
    expect(await chosenUrl()).toBe(urlOf('answers'));
  });

  test('one that is busy is used when no other answers, one that refuses is not', async () => {
    await listening(cache, 'task.finished', ['refuses', 'busy'], 'stale');
    answers({ refuses: 404, busy: 503 });
    expect(await chosenUrl()).toBe(urlOf('busy'));
    answers({ refuses: 404, busy: 404 });
    expect(await chosenUrl()).toBeUndefined();
  });
});

describe('when the directory cannot be read in full', () => {
  test('nothing is started and Zapier runs the step again', async () => {
    cache.fails = () => true;
    const error = await thrownBy(choose);
    expect(error).toBeInstanceOf(z.errors.ThrottledError);
    expect(error.message).toContain('nothing was started');
    expect(error.message).toContain('"delay":60');
  });

  test('a cache that does not answer in time counts as unreadable', async () => {
    jest.useFakeTimers();
    cache.pause = () => new Promise(() => undefined);
    const thrown = thrownBy(choose);
    await jest.advanceTimersByTimeAsync(10_000);
    jest.useRealTimers();
    expect(await thrown).toBeInstanceOf(z.errors.ThrottledError);
  });

  test('a task is started if at least one hook is known', async () => {
    await listening(cache, 'task.finished', ['a']);
    cache.fails = (_call, key) => !cache.entries.has(key);
    expect(await chosenUrl()).toBe(urlOf('a'));
  });
});

test.each([
  ['when a Zap listens for it', ['progress'], true],
  ['not when no Zap does', [], false],
])('progress is wanted %s', async (_rule, listeners, expected) => {
  await listening(cache, 'task.finished', ['end']);
  await listening(cache, 'task.progress', listeners);
  expect(await choose()).toMatchObject({ progressIsWanted: expected });
});
