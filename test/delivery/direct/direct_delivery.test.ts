import { SLOTS } from '../../../delivery/direct/directory.ts';
import type { CacheEntry } from '../../../sandbox/zapier/cache.ts';
import type { Zap } from '../../../sandbox/zapier/zapier.ts';
import { quietConsole } from '../../support/quiet.ts';
import { until } from '../../support/until.ts';
import { startWorlds, taskIds, type Worlds } from '../../support/worlds.ts';

quietConsole();

let worlds: Worlds;
beforeEach(async () => {
  worlds = await startWorlds();
});
afterEach(async () => {
  await worlds.stop();
  // A receiver, or a Zap that is switched off, never fails because of another Zap.
  expect(worlds.zapier.failures).toEqual([]);
});

const imagine = async (prompt = 'red fox'): Promise<string> => {
  const { output } = await worlds.account.create('imagine', {
    prompt,
    process_mode: 'fast',
  });
  return String(output.task_id);
};

const listeners = (count: number): Promise<Zap[]> =>
  Promise.all(Array.from({ length: count }, () => worlds.listen('task_finished')));

const hooksInCache = (): CacheEntry[] =>
  worlds.zapier.cache.entries().filter(({ key }) => key.startsWith('hook:'));

test.each([1, 2, 10, SLOTS])(
  '%i Zaps switched on at the same moment each run once when a task ends',
  async (count) => {
    const zaps = await listeners(count);
    const task_id = await imagine();
    await worlds.settled();

    expect(hooksInCache()).toHaveLength(count);
    expect(zaps.map(taskIds)).toEqual(zaps.map(() => [task_id]));
    expect(worlds.piapi.webhooks.filter(({ status }) => status === 'finished')).toHaveLength(1);
  },
);

test('a Zap beyond the last slot stays off, and its error says why', async () => {
  await listeners(SLOTS);
  const zap = worlds.account.zap('task_finished');

  await expect(zap.switchOn()).rejects.toMatchObject({
    kind: 'AppError',
    shown: expect.stringContaining(`${SLOTS} Zaps already listen`),
  });
  expect(zap.targetUrl).toBe('');
});

test('a Zap that was switched off no longer runs, and its slot is free', async () => {
  const [stays, goes] = await listeners(2);
  await goes?.switchOff();
  const task_id = await imagine();
  await worlds.settled();

  expect(stays && taskIds(stays)).toEqual([task_id]);
  expect(goes?.runs).toEqual([]);
  expect(hooksInCache()).toHaveLength(1);
});

test('a Zap whose directory entry is already gone can be switched off', async () => {
  const [zap] = await listeners(1);
  worlds.zapier.cache.clear();

  await zap?.switchOff();

  expect(zap?.failures).toEqual([]);
});

test('a Zap that Zapier subscribes again keeps its slot', async () => {
  const [zap] = await listeners(1);
  await zap?.renew();
  await zap?.renew();

  expect(hooksInCache()).toHaveLength(1);
});

describe('a Zap that was switched off but never unsubscribed', () => {
  test('is removed when an event is passed on, and the other Zaps still run', async () => {
    const [first, gone, last] = await listeners(3);
    // The newest entry is the one that the service calls.
    await last?.renew();
    await gone?.switchOff({ unsubscribeLost: true });
    const task_id = await imagine();
    await worlds.settled();

    expect([first, last].map((zap) => zap && taskIds(zap))).toEqual([[task_id], [task_id]]);
    expect(hooksInCache()).toHaveLength(2);
  });

  test('is pinged before it would become the only webhook URL of a task', async () => {
    const start = Date.now();
    const clock = jest.spyOn(Date, 'now');
    const [stays, gone] = await listeners(2);
    await gone?.renew();
    await gone?.switchOff({ unsubscribeLost: true });
    clock.mockImplementation(() => start + 11 * 60 * 1000);
    const task_id = await imagine();
    await worlds.settled();

    expect(stays && taskIds(stays)).toEqual([task_id]);
    expect(hooksInCache()).toHaveLength(1);
  });
});

test('a Zap whose hook is busy does not hold up the one that the service calls', async () => {
  const [first, busy] = await listeners(2);
  await first?.renew();
  if (busy) {
    busy.isBusy = true;
  }
  const task_id = await imagine();
  await until('the run of the first', () => first?.runs.length === 1);
  if (busy) {
    busy.isBusy = false;
  }
  await worlds.settled();

  // Had the first waited until the busy one was given up, it would not have run.
  expect([first, busy].map((zap) => zap && taskIds(zap))).toEqual([[task_id], [task_id]]);
});

test('a webhook of one connection proves nothing at another of the same key', async () => {
  const [mine] = await listeners(1);
  const twin = worlds.zapier.connect({ ...worlds.piapi.connection });
  const theirs = twin.zap('task_finished');
  await theirs.switchOn();
  await imagine();
  await worlds.settled();
  const [genuine] = worlds.piapi.webhooks;
  const secret = Object(worlds.piapi.creates[0]?.body).webhook_secret;
  const replay = (url: string) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-webhook-secret': secret },
      body: JSON.stringify(genuine?.body),
    });
  await replay(theirs.targetUrl);
  await replay(`${theirs.targetUrl}?forwarded=1`);
  await worlds.settled();

  expect(mine?.runs).toHaveLength(1);
  expect(theirs.runs).toEqual([]);
});

test('Zaps of another connected account do not run', async () => {
  const stranger = worlds.zapier.connect({
    api_key: 'another-key-0123456789',
    base_url: worlds.piapi.url,
  });
  const theirs = stranger.zap('task_finished');
  await theirs.switchOn();
  const [mine] = await listeners(1);
  await imagine();
  await worlds.settled();

  expect(mine?.runs).toHaveLength(1);
  expect(theirs.runs).toEqual([]);
});

describe('a cache that', () => {
  test('fails when a Zap is switched on gives an error that says what to do', async () => {
    worlds.zapier.cache.behaviour = 'fails';

    await expect(worlds.listen('task_finished')).rejects.toMatchObject({
      shown: expect.stringContaining('Wait a minute, then switch it on again.'),
    });
  });

  test.each(['refuses', 'forgets'] as const)(
    '%s when a Zap is switched on makes switching on fail',
    async (behaviour) => {
      worlds.zapier.cache.behaviour = behaviour;

      await expect(worlds.listen('task_finished')).rejects.toMatchObject({
        shown: expect.stringContaining('could not remember that this Zap listens'),
      });
    },
  );

  test('fails before a task is started makes Zapier retry later, and nothing is spent', async () => {
    await listeners(1);
    worlds.zapier.cache.behaviour = 'fails';

    await expect(imagine()).rejects.toMatchObject({ kind: 'ThrottledError', delay: 60 });
    expect(worlds.piapi.requests).toEqual([]);
  });

  test('fails for some keys still delivers to the Zaps it can read, and the log says so', async () => {
    const [lost, found] = await listeners(2);
    const slot = hooksInCache().find(({ value }) => Object(value).target_url === lost?.targetUrl);
    worlds.zapier.cache.failKey = (key) => key === slot?.key;
    const task_id = await imagine();
    await worlds.settled();

    expect(found && taskIds(found)).toEqual([task_id]);
    expect(lost?.runs).toEqual([]);
    expect(worlds.zapier.logs.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('The list of Zaps could not be read in full'),
    );
  });

  test('fails when an event arrives does not stop the event', async () => {
    const [zap] = await listeners(1);
    const task_id = await imagine();
    worlds.zapier.cache.behaviour = 'fails';
    await worlds.settled();

    expect(zap && taskIds(zap)).toEqual([task_id]);
  });

  test.each(['refuses', 'forgets'] as const)(
    '%s when events arrive does not stop any of them',
    async (behaviour) => {
      const zaps = await listeners(3);
      const task_id = await imagine();
      worlds.zapier.cache.behaviour = behaviour;
      await worlds.settled();

      expect(zaps.map(taskIds)).toEqual([[task_id], [task_id], [task_id]]);
    },
  );

  test('lost its entries gets one back when the service calls that Zap', async () => {
    const [zap] = await listeners(1);
    const first = await imagine();
    worlds.zapier.cache.clear();
    await worlds.settled();
    const second = await imagine();
    await worlds.settled();

    expect(zap && taskIds(zap)).toEqual([first, second]);
  });

  test('answers slowly delays events but loses none', async () => {
    worlds.zapier.cache.delayMilliseconds = 50;
    const zaps = await listeners(2);
    const task_id = await imagine();
    await worlds.settled();

    expect(zaps.map(taskIds)).toEqual([[task_id], [task_id]]);
  });
});

test('a webhook that the service sends late still arrives', async () => {
  worlds.piapi.settings.webhookFaults.delayMilliseconds = 100;
  const [zap] = await listeners(1);
  const task_id = await imagine();
  await worlds.settled();

  expect(zap && taskIds(zap)).toEqual([task_id]);
});
