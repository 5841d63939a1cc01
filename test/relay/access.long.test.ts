import { bodyOf } from '../support/bodies.ts';
import { onEachEngine, PGLITE } from '../support/engines.ts';
import { anAccount, startTestRelay, type TestRelay } from '../support/relay.ts';
import { until } from '../support/until.ts';

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
      ['another scheme', { authorization: `Basic ${anAccount().token}` }],
      ['a token that is too short', { authorization: `Bearer ${anAccount().token.slice(1)}` }],
      ['a token that is too long', { authorization: `Bearer ${anAccount().token}x` }],
    ])('is refused with %s', async (_what, headers) => {
      expect(await relay.request(method, path, { body, headers })).toMatchObject({
        status: 401,
        body: {
          error: { code: 'unauthorized', message: expect.stringContaining('management token') },
        },
      });
    });
  });

  it('answers 404 for an unknown path', async () => {
    expect(await relay.request('GET', '/v2/hooks')).toMatchObject({
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
    expect(await relay.request('GET', path, { as: anAccount() })).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid', message: expect.stringContaining(words) } },
    });
  });

  it('refuses a large body when a hook is subscribed', async () => {
    const body = { ...HOOK, reference: 'x'.repeat(65_536) };
    expect(await relay.request('POST', '/v1/hooks', { as: anAccount(), body })).toMatchObject({
      status: 413,
      body: { error: { code: 'too_large' } },
    });
  });

  it('accepts only JSON when a hook is subscribed', async () => {
    const headers = { 'content-type': 'text/xml' };
    expect(
      await relay.request('POST', '/v1/hooks', { as: anAccount(), body: '<a/>', headers }),
    ).toMatchObject({ status: 415, body: { error: { code: 'unsupported' } } });
  });

  it('describes its API, as OpenAPI and as a web page', async () => {
    const { body } = await relay.request('GET', '/openapi.json');
    expect(body).toMatchObject({
      openapi: expect.stringMatching(/^3\./),
      paths: {
        '/v1/hooks': { post: { summary: 'Subscribe a hook' } },
        '/v1/callbacks/{connection}': { post: { summary: 'Receive an event' } },
        '/v1/deliveries/{id}/retry': { post: expect.anything() },
      },
      components: { securitySchemes: { management: { scheme: 'bearer' } } },
    });
    const page = await relay.request('GET', '/docs/');
    expect(page.headers.get('content-type')).toMatch('text/html');
    expect((await relay.request('GET', '/')).headers.get('location')).toBe('/docs');
    for (const path of [
      '/docs/static/..%2f..%2fpackage.json',
      '/docs/static/%2e%2e/x',
      '/nothing',
    ]) {
      const { status, body: nothing } = await relay.request('GET', path);
      expect({ path, status, nothing }).toMatchObject({
        status: 404,
        nothing: { error: { code: 'not_found' } },
      });
    }
  });
});

describe('A relay with an access token', () => {
  const ACCESS = 'sixteen letters!';
  let relay: TestRelay;

  beforeAll(async () => {
    relay = await startTestRelay(PGLITE, { RELAY_ACCESS_TOKEN: ACCESS });
  });

  afterAll(async () => {
    await relay.stop();
  });

  it.each([
    ['no access token', {}],
    ['another access token', { 'x-relay-access-token': 'sixteen letters?' }],
  ])('refuses to subscribe a hook with %s', async (_what, headers) => {
    const as = anAccount();
    expect(await relay.request('POST', '/v1/hooks', { as, body: HOOK, headers })).toMatchObject({
      status: 403,
      body: { error: { message: expect.stringContaining('Set RELAY_ACCESS_TOKEN') } },
    });
    const withAccess = { 'x-relay-access-token': ACCESS };
    expect((await relay.request('GET', '/v1/hooks', { as, headers: withAccess })).body).toEqual({
      data: [],
    });
  });

  it('introduces nobody without the access token', async () => {
    const as = anAccount();
    expect((await relay.request('GET', '/v1/hooks', { as })).status).toBe(403);
    const secret = { 'x-webhook-secret': as.secret };
    const body = bodyOf('task-1');
    expect(
      await relay.request('POST', `/v1/callbacks/${as.id}`, { body, headers: secret }),
    ).toMatchObject({ status: 401, body: { error: { code: 'unknown_connection' } } });
  });

  it('subscribes a hook with the access token', async () => {
    const headers = { 'x-relay-access-token': ACCESS };
    const answer = await relay.request('POST', '/v1/hooks', {
      as: anAccount(),
      body: HOOK,
      headers,
    });
    expect(answer.status).toBe(201);
  });

  it('accepts callbacks without the access token, which the service does not know', async () => {
    expect((await relay.callback(anAccount(), bodyOf('task-1'))).status).toBe(200);
  });
});

describe('A relay that takes few requests a second', () => {
  let relay: TestRelay;

  beforeAll(async () => {
    relay = await startTestRelay(PGLITE, { RELAY_REQUESTS_PER_SECOND: '3' });
  });

  afterAll(async () => {
    await relay.stop();
  });

  it('answers 429 to a connection that sends too many requests, and to no other', async () => {
    const [busy, quiet] = [anAccount(), anAccount()];
    await relay.introduce(busy);
    await relay.introduce(quiet);
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => relay.request('GET', '/v1/hooks', { as: busy })),
    );
    const refused = answers.find(({ status }) => status !== 200);
    expect(refused).toMatchObject({
      status: 429,
      body: { error: { code: 'too_many', message: expect.stringContaining('Wait a second') } },
    });
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await relay.request('GET', '/v1/hooks', { as: quiet })).status).toBe(200);
    expect((await relay.request('GET', '/livez')).status).toBe(200);
  });

  it('answers 429 to an address that invents many connections, and to no known one', async () => {
    const known = anAccount();
    await relay.introduce(known);
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => {
        const { id, secret } = anAccount();
        const headers = { 'x-webhook-secret': secret };
        return relay.request('POST', `/v1/callbacks/${id}`, { body: bodyOf('task-1'), headers });
      }),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 429]));
    expect((await relay.callback(known, bodyOf('task-1'))).status).toBe(200);
  });
});

describe('A request without the secret of a connection', () => {
  let relay: TestRelay;

  beforeAll(async () => {
    relay = await startTestRelay(PGLITE, { RELAY_REQUESTS_PER_SECOND: '3' });
  });

  afterAll(async () => {
    await relay.stop();
  });

  it("counts towards its sender's limit, never towards that of the connection that it names", async () => {
    const [account, stranger] = [anAccount(), anAccount()];
    const forged = { 'x-webhook-secret': stranger.secret };
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        relay.callback(account, bodyOf(`task-${n}`), {}, forged),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 429]));
    expect((await relay.callback(account, bodyOf('task-1'))).status).toBe(200);
  });

  it('counts towards the limit even if its path is percent-encoded', async () => {
    const known = Array.from({ length: 40 }, anAccount);
    await Promise.all(known.map(relay.introduce));
    const answers = await Promise.all(
      known.map((as) => relay.request('GET', '/%761/hooks', { as })),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const [busy = anAccount()] = known;
    const refused = await Promise.all(
      Array.from({ length: 40 }, () => relay.request('GET', '/%761/hooks', { as: busy })),
    );
    expect(refused.some(({ status }) => status === 429)).toBe(true);
  });
});

onEachEngine((engine) => {
  it('a relay whose database is gone is alive but not ready', async () => {
    const relay = await startTestRelay(engine);
    try {
      expect(await relay.request('GET', '/livez')).toMatchObject({
        status: 200,
        body: { status: 'ok' },
      });
      expect(await relay.request('GET', '/readyz')).toMatchObject({
        status: 200,
        body: { status: 'ok' },
      });
      await relay.database.close();
      expect((await relay.request('GET', '/livez')).status).toBe(200);
      // What was known a second ago is not asked again.
      const answer = await until('it not to be ready', async () => {
        const ready = await relay.request('GET', '/readyz');
        return ready.status === 503 && ready;
      });
      expect(answer.body).toMatchObject({
        error: {
          code: 'database',
          message: expect.stringMatching(/^The database cannot be written/),
        },
      });
      expect(await relay.request('GET', '/v1/hooks', { as: anAccount() })).toMatchObject({
        status: 500,
        body: { error: { code: 'failed', message: expect.stringContaining('Try again') } },
      });
      expect((await relay.callback(anAccount(), bodyOf('task-1'))).status).toBe(500);
    } finally {
      // The database is closed already, so stopping may fail.
      await relay.stop().catch(() => undefined);
    }
  });
});
