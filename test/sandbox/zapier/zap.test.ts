import { inWorld, post } from './world.ts';

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => jest.restoreAllMocks());

const account = { api_key: 'very-private-key', region: 'eu' };

test('each Zap has its own hook URL, which changes each time it is switched on', () =>
  inWorld(async (zapier) => {
    const connection = zapier.connect(account);
    const one = connection.zap('event');
    const other = connection.zap('event');
    expect(one.targetUrl).toBe('');
    await Promise.all([one.switchOn(), other.switchOn()]);
    const first = one.targetUrl;
    expect(first).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/hooks\/standard\/\d+\/[0-9a-f]{32}\/$/);
    expect(first).not.toBe(other.targetUrl);
    await one.switchOff();
    await one.switchOn();
    expect(one.targetUrl).not.toBe(first);
  }));

test('an event is answered at once and runs the Zap with what performSubscribe returned', () =>
  inWorld(async (zapier) => {
    const zap = zapier.connect(account).zap('event', { colour: 'red' });
    const ids: unknown[] = [];
    zap.onRun((output) => ids.push(output.id));
    await zap.switchOn();
    const answer = await post(`${zap.targetUrl}?reference=row%201`, { task_id: 't' });
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'success' }]);
    await zapier.settled();
    expect(ids).toEqual(['1']);
    expect(zap.runs).toMatchObject([
      {
        event: { task_id: 't', querystring: { reference: 'row 1' } },
        bundle: {
          authData: account,
          inputData: { colour: 'red' },
          inputDataRaw: { colour: 'red' },
          subscribeData: { id: zap.targetUrl },
          meta: { isLoadingSample: false },
          rawRequest: { method: 'POST', querystring: 'reference=row%201' },
        },
      },
    ]);
    expect(zap.runs[0]?.bundle).not.toHaveProperty('targetUrl');
  }));

test('headers arrive as Http-Camel-Case, but for Content-Type and Content-Length', () =>
  inWorld(async (zapier) => {
    const zap = zapier.connect(account).zap('event');
    await zap.switchOn();
    await post(zap.targetUrl, '{"a": 1 }', { 'x-webhook-secret': 'abc' });
    await zapier.settled();
    expect(zap.runs[0]?.bundle).toMatchObject({
      rawRequest: {
        content: '{"a": 1 }',
        headers: {
          'Content-Type': 'application/json',
          'Content-Length': '9',
          'Http-X-Webhook-Secret': 'abc',
          'Http-Host': new URL(zapier.url).host,
        },
      },
    });
  }));

test('a body over 10 MB is refused', () =>
  inWorld(async (zapier) => {
    const zap = zapier.connect(account).zap('event');
    await zap.switchOn();
    const answer = await post(zap.targetUrl, 'x'.repeat(10 * 1024 * 1024 + 1));
    expect(answer.status).toBe(413);
    expect(zap.runs).toEqual([]);
  }));

test('an array is one run per element, an empty one none', () =>
  inWorld(async (zapier) => {
    const zap = zapier.connect(account).zap('event');
    await zap.switchOn();
    await post(zap.targetUrl, { events: [{ id: 1 }, { id: 2 }] });
    await post(zap.targetUrl, { events: [] });
    await zapier.settled();
    expect(zap.runs).toEqual([{ id: 1 }, { id: 2 }]);
  }));

test('elements with the same id fail for the developer and run once for other users', async () => {
  const events = [{ id: 1 }, { id: 1, second: true }, { id: 2 }];
  await inWorld(async (zapier) => {
    const zap = zapier.connect(account).zap('event');
    await zap.switchOn();
    await post(zap.targetUrl, { events });
    await zapier.settled();
    expect(zap.runs).toEqual([]);
    expect(zap.failures.map(({ kind }) => kind)).toEqual(['CheckError']);
  });
  await inWorld(
    async (zapier) => {
      const zap = zapier.connect(account).zap('event');
      await zap.switchOn();
      await post(zap.targetUrl, { events });
      await zapier.settled();
      expect(zap.runs).toEqual([{ id: 1 }, { id: 2 }]);
    },
    { isDeveloper: false },
  );
});

test('an error in perform never reaches the sender', () =>
  inWorld(async (zapier) => {
    const zap = zapier.connect(account).zap('event');
    await zap.switchOn();
    expect((await post(zap.targetUrl, { fail: true })).status).toBe(200);
    await zapier.settled();
    expect(zap.runs).toEqual([]);
    expect(zap.failures).toMatchObject([{ kind: 'HaltedError' }]);
    expect(zap.failures[0]?.shown).toContain('This event is no good');
  }));

test('the hook of a Zap that is off answers 410, like an unknown hook', () =>
  inWorld(async (zapier) => {
    const zap = zapier.connect(account).zap('event');
    await zap.switchOn();
    const url = zap.targetUrl;
    await zap.switchOff();
    expect([zap.targetUrl, zap.subscribeData]).toEqual(['', undefined]);
    expect((await post(url, {})).status).toBe(410);
    expect((await post(`${zapier.url}/hooks/standard/1/2/`, {})).status).toBe(410);
  }));

test('a Zap can be switched off although unsubscribing fails or gets lost', () =>
  inWorld(async (zapier) => {
    const failing = zapier.connect(account).zap('event', { keep: true });
    await failing.switchOn();
    await failing.switchOff();
    const orphan = zapier.connect(account).zap('event');
    await orphan.switchOn();
    await orphan.switchOff({ unsubscribeLost: true });
    expect([failing.targetUrl, orphan.targetUrl]).toEqual(['', '']);
    expect(failing.failures).toMatchObject([{ kind: 'AppError', shown: 'Cannot unsubscribe' }]);
    expect(orphan.failures).toEqual([]);
    expect(zapier.failures).toEqual(failing.failures);
    const deletions = zapier.cache.calls.filter(({ method }) => method === 'delete');
    expect(deletions).toEqual([]);
  }));

test('a Zap stays off when performSubscribe throws', () =>
  inWorld(async (zapier) => {
    const zap = zapier.connect(account).zap('event', { refuse: true });
    await expect(zap.switchOn()).rejects.toMatchObject({
      kind: 'AppError',
      shown: 'No hooks today',
    });
    expect(zap.targetUrl).toBe('');
  }));

test('renewing subscribes the same URL again', () =>
  inWorld(async (zapier) => {
    const zap = zapier.connect(account).zap('event');
    await expect(zap.renew()).rejects.toThrow('off');
    await zap.switchOn();
    const before = zap.targetUrl;
    await zap.renew();
    expect(zap.targetUrl).toBe(before);
    expect(zap.subscribeData).toMatchObject({ id: before });
    expect(zapier.cache.calls).toHaveLength(2);
  }));

test('a hook URL answers 429 without a body above its rate, other hooks are not affected', () =>
  inWorld(
    async (zapier) => {
      const connection = zapier.connect(account);
      const busy = connection.zap('event');
      const quiet = connection.zap('event');
      await Promise.all([busy.switchOn(), quiet.switchOn()]);
      const answers = await Promise.all([1, 2, 3].map(() => post(busy.targetUrl, {})));
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused).toHaveLength(1);
      expect(await refused[0]?.text()).toBe('');
      expect((await post(quiet.targetUrl, {})).status).toBe(200);
    },
    { hookRequestsPerSecond: 2 },
  ));
