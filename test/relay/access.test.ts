import { bodyOf } from '../support/bodies.ts';
import { onEachEngine, PGLITE } from '../support/engines.ts';
import { aParty, startTestRelay, type TestRelay } from '../support/relay.ts';

const HOOK = { event: 'task.finished', target_url: 'http://127.0.0.1:9/' };

const MANAGED = [
  ['POST', '/v1/hooks', HOOK],
  ['GET', '/v1/hooks', undefined],
  ['DELETE', '/v1/hooks/00000000-0000-4000-8000-000000000000', undefined],
  ['GET', '/v1/tasks', undefined],
  ['GET', '/v1/deliveries', undefined],
  ['POST', '/v1/deliveries/1/retry', undefined],
  ['PUT', '/v1/groups/one', { group_size: 2 }],
] as const;

describe('A relay', () => {
  let relay: TestRelay;

  beforeAll(async () => {
    relay = await startTestRelay(PGLITE);
  });

  afterAll(async () => {
    await relay.stop();
  });

  describe.each(MANAGED)('%s %s', (method, path, body) => {
    it.each([
      ['no token', {}],
      ['another scheme', { authorization: `Basic ${aParty().token}` }],
      ['a token that is too short', { authorization: `Bearer ${aParty().token.slice(1)}` }],
      ['a token that is too long', { authorization: `Bearer ${aParty().token}x` }],
    ])('is refused with %s', async (_what, headers) => {
      expect(await relay.ask(method, path, { body, headers })).toMatchObject({
        status: 401,
        body: {
          error: { code: 'unauthorized', message: expect.stringContaining('management token') },
        },
      });
    });
  });

  it('says so where there is nothing', async () => {
    expect(await relay.ask('GET', '/v2/hooks')).toMatchObject({
      status: 404,
      body: { error: { code: 'not_found' } },
    });
  });

  it.each([
    ['/v1/tasks?limit=0', 'limit: '],
    ['/v1/tasks?limit=101', 'limit: '],
    ['/v1/tasks?after=x', 'after: Use the `next` of the previous page.'],
    ['/v1/deliveries?state=lost', 'state: '],
  ])('says what is wrong with %s', async (path, words) => {
    expect(await relay.ask('GET', path, { as: aParty() })).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid', message: expect.stringContaining(words) } },
    });
  });

  it('takes no large body where none is needed', async () => {
    const body = { ...HOOK, reference: 'x'.repeat(65_536) };
    expect(await relay.ask('POST', '/v1/hooks', { as: aParty(), body })).toMatchObject({
      status: 413,
      body: { error: { code: 'too_large' } },
    });
  });

  it('takes JSON only from those who subscribe', async () => {
    const headers = { 'content-type': 'text/xml' };
    expect(
      await relay.ask('POST', '/v1/hooks', { as: aParty(), body: '<a/>', headers }),
    ).toMatchObject({ status: 415, body: { error: { code: 'unsupported' } } });
  });

  it('describes its API, for programs and for people', async () => {
    const { body } = await relay.ask('GET', '/openapi.json');
    expect(body).toMatchObject({
      openapi: expect.stringMatching(/^3\./),
      paths: {
        '/v1/hooks': { post: { summary: 'Subscribe a hook' } },
        '/v1/callbacks/{connection}': { post: { summary: 'Receive an event' } },
        '/v1/deliveries/{id}/retry': { post: expect.anything() },
      },
      components: { securitySchemes: { management: { scheme: 'bearer' } } },
    });
    const page = await relay.ask('GET', '/docs/');
    expect(page.headers.get('content-type')).toMatch('text/html');
    expect((await relay.ask('GET', '/')).headers.get('location')).toBe('/docs');
  });
});

describe('A relay with an access token and few requests a second', () => {
  const ACCESS = 'sixteen letters!';
  let relay: TestRelay;

  beforeAll(async () => {
    relay = await startTestRelay(PGLITE, {
      RELAY_ACCESS_TOKEN: ACCESS,
      RELAY_REQUESTS_PER_SECOND: '3',
    });
  });

  afterAll(async () => {
    await relay.stop();
  });

  it.each([
    ['nothing', {}],
    ['another one', { 'x-relay-access-token': 'sixteen letters?' }],
  ])('lets nobody subscribe who presents %s', async (_what, headers) => {
    const as = aParty();
    expect(await relay.ask('POST', '/v1/hooks', { as, body: HOOK, headers })).toMatchObject({
      status: 403,
      body: { error: { message: expect.stringContaining('Set RELAY_ACCESS_TOKEN') } },
    });
    expect((await relay.ask('GET', '/v1/hooks', { as })).body).toEqual({ data: [] });
  });

  it('lets those subscribe who present it', async () => {
    const headers = { 'x-relay-access-token': ACCESS };
    const answer = await relay.ask('POST', '/v1/hooks', { as: aParty(), body: HOOK, headers });
    expect(answer.status).toBe(201);
  });

  it('takes callbacks without it, for the service does not know it', async () => {
    expect((await relay.callback(aParty(), bodyOf('task-1'))).status).toBe(200);
  });

  it('slows down a connection that asks too often, and no other', async () => {
    const busy = aParty();
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => relay.ask('GET', '/v1/hooks', { as: busy })),
    );
    const refused = answers.find(({ status }) => status !== 200);
    expect(refused).toMatchObject({
      status: 429,
      body: { error: { code: 'too_many', message: expect.stringContaining('Wait a second') } },
    });
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await relay.ask('GET', '/v1/hooks', { as: aParty() })).status).toBe(200);
    expect((await relay.ask('GET', '/livez')).status).toBe(200);
  });
});

describe('What does not carry the secret of a connection', () => {
  let relay: TestRelay;

  beforeAll(async () => {
    relay = await startTestRelay(PGLITE, { RELAY_REQUESTS_PER_SECOND: '3' });
  });

  afterAll(async () => {
    await relay.stop();
  });

  it('counts towards its sender, and never towards the connection that it names', async () => {
    const [party, stranger] = [aParty(), aParty()];
    const forged = { 'x-webhook-secret': stranger.secret };
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => relay.callback(party, bodyOf(`task-${n}`), {}, forged)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 429]));
    expect((await relay.callback(party, bodyOf('task-1'))).status).toBe(200);
  });

  it('counts however its path is spelled', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => relay.ask('GET', '/%761/hooks', { as: aParty() })),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const busy = aParty();
    const refused = await Promise.all(
      Array.from({ length: 40 }, () => relay.ask('GET', '/%761/hooks', { as: busy })),
    );
    expect(refused.some(({ status }) => status === 429)).toBe(true);
  });
});

onEachEngine((engine) => {
  it('a relay whose database is gone lives and is not ready', async () => {
    const relay = await startTestRelay(engine);
    try {
      expect(await relay.ask('GET', '/livez')).toMatchObject({
        status: 200,
        body: { status: 'ok' },
      });
      expect(await relay.ask('GET', '/readyz')).toMatchObject({
        status: 200,
        body: { status: 'ok' },
      });
      await relay.database.close();
      expect((await relay.ask('GET', '/livez')).status).toBe(200);
      expect(await relay.ask('GET', '/readyz')).toMatchObject({
        status: 503,
        body: { error: { code: 'database', message: 'The database does not answer.' } },
      });
      expect(await relay.ask('GET', '/v1/hooks', { as: aParty() })).toMatchObject({
        status: 500,
        body: { error: { code: 'failed', message: expect.stringContaining('Try again') } },
      });
      expect((await relay.callback(aParty(), bodyOf('task-1'))).status).toBe(500);
    } finally {
      // There is nothing left to be closed in good order.
      await relay.stop().catch(() => undefined);
    }
  });
});
