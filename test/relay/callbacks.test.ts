import { bodyOf } from '../support/bodies.ts';
import { onEachEngine } from '../support/engines.ts';
import { type Account, anAccount, startTestRelay, type TestRelay } from '../support/relay.ts';
import { startTarget, type TargetServer } from '../support/target_server.ts';

onEachEngine((engine) => {
  let relay: TestRelay;
  let target: TargetServer;
  let account: Account;

  beforeAll(async () => {
    relay = await startTestRelay(engine);
  });

  beforeEach(async () => {
    account = anAccount();
    target = await startTarget();
  });

  afterEach(async () => {
    await target.stop();
  });

  afterAll(async () => {
    await relay.stop();
  });

  const RECEIVED = { status: 200, body: { received: true } };

  const tasksOf = async (as: Account) => (await relay.request('GET', '/v1/tasks', { as })).body;

  describe('A genuine callback', () => {
    it('reaches the hook with body, secret and reference unchanged, and forwarded=1', async () => {
      await relay.subscribe(account, `${target.url}/hooks/zap-1/?key=a%20b`);
      const body = `${bodyOf('task-1', 'finished', { prompt: 'red fox 🦊 "im" Schnee' })} \n`;
      expect(await relay.callback(account, body, { reference: 'row 7/ü' })).toMatchObject(RECEIVED);
      await relay.settled(account);
      expect(target.received).toEqual([
        {
          path: '/hooks/zap-1/',
          query: new URLSearchParams({
            key: 'a b',
            reference: 'row 7/ü',
            operation: 'imagine',
            forwarded: '1',
          }),
          headers: expect.objectContaining({
            'x-webhook-secret': account.secret,
            'content-type': 'application/json',
          }),
          body,
        },
      ]);
    });

    it('is delivered with any content type', async () => {
      await relay.subscribe(account, target.url);
      const types = ['text/plain', 'application/json; charset=utf-8', 'application/octet-stream'];
      for (const [index, type] of types.entries()) {
        const body = bodyOf(`task-${index}`);
        expect(await relay.callback(account, body, {}, { 'content-type': type })).toMatchObject(
          RECEIVED,
        );
      }
      await relay.settled(account);
      expect(target.received.map(({ body }) => body).sort()).toEqual(
        types.map((_type, index) => bodyOf(`task-${index}`)),
      );
    });

    it('that is sent again is acknowledged but not delivered again', async () => {
      await relay.subscribe(account, target.url);
      await relay.callback(account, bodyOf('task-1'));
      await relay.settled(account);
      expect(await relay.callback(account, bodyOf('task-1'))).toMatchObject(RECEIVED);
      expect(await relay.settled(account)).toHaveLength(1);
      expect(target.received).toHaveLength(1);
    });

    it('that comes several times at once is one event', async () => {
      await relay.subscribe(account, target.url);
      const answers = await Promise.all(
        Array.from({ length: 12 }, () => relay.callback(account, bodyOf('task-1'))),
      );
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      expect(await relay.settled(account)).toHaveLength(1);
      expect(target.received).toHaveLength(1);
    });

    it('goes to every hook of its connection, and to no other connection', async () => {
      const other = anAccount();
      await relay.subscribe(account, `${target.url}/a`);
      await relay.subscribe(account, `${target.url}/b`);
      await relay.subscribe(other, `${target.url}/other`);
      await relay.callback(account, bodyOf('task-1'));
      await relay.settled(account);
      expect(target.received.map(({ path }) => path).sort()).toEqual(['/a', '/b']);
      expect(await relay.deliveries(other)).toEqual([]);
      expect(await tasksOf(other)).toEqual({ data: [], next: null });
    });

    it('goes only to hooks whose filters match its operation, reference and kind of event', async () => {
      const hooks = {
        all: {},
        upscales: { operations: ['upscale', 'variation'] },
        row: { reference: 'row-1' },
        both: { operations: ['upscale'], reference: 'row-1' },
        rows: { reference: 'row-*' },
        columns: { reference: 'column-*' },
        progress: { event: 'task.progress' },
      };
      for (const [name, options] of Object.entries(hooks)) {
        await relay.subscribe(account, `${target.url}/${name}`, options);
      }
      const send = (id: string, operation: string, reference: string) =>
        relay.callback(account, bodyOf(id, 'failed', { operation }), { reference });
      await send('imagine-row-1', 'imagine', 'row-1');
      await send('upscale-row-1', 'upscale', 'row-1');
      await send('upscale-row-2', 'upscale', 'row-2');
      await relay.callback(account, bodyOf('running', 'processing'));
      await relay.settled(account);
      const receivedBy = (name: string) =>
        target
          .bodiesAt(`/${name}`)
          .map((body) => /"task_id":"([^"]+)"/.exec(body)?.[1])
          .sort();
      expect(
        Object.fromEntries(Object.keys(hooks).map((name) => [name, receivedBy(name)])),
      ).toEqual({
        all: ['imagine-row-1', 'upscale-row-1', 'upscale-row-2'],
        upscales: ['upscale-row-1', 'upscale-row-2'],
        row: ['imagine-row-1', 'upscale-row-1'],
        both: ['upscale-row-1'],
        rows: ['imagine-row-1', 'upscale-row-1', 'upscale-row-2'],
        columns: [],
        progress: ['running'],
      });
    });

    it.each(['', ';', 'garbage', 'text/plain; charset=', 'multipart/form-data; boundary=x'])(
      'is delivered when its content type is "%s"',
      async (type) => {
        await relay.subscribe(account, target.url);
        const headers = { 'content-type': type };
        expect(await relay.callback(account, bodyOf('task-1'), {}, headers)).toMatchObject(
          RECEIVED,
        );
        await relay.settled(account);
        expect(target.bodiesAt('/')).toEqual([bodyOf('task-1')]);
      },
    );

    it('of a connection without hooks is still kept', async () => {
      await relay.callback(account, bodyOf('task-1', 'processing', { progress: 46 }), {
        reference: 'r',
      });
      expect(await tasksOf(account)).toEqual({
        data: [
          {
            id: expect.any(String),
            connection: account.id,
            task_id: 'task-1',
            service: 'piapi_v2',
            operation: 'imagine',
            model: 'midjourney',
            status: 'processing',
            progress: 46,
            prompt: 'a dog in front of the Cybeles fountain',
            reference: 'r',
            text: '',
            picture: expect.stringMatching(/-46\.png$/),
            media: '',
            links: [],
            credits_used: null,
            credits_unit: '',
            error_kind: '',
            error_message: '',
            advice: '',
            started_at: expect.any(String),
            updated_at: expect.any(String),
            ended_at: null,
            duration_seconds: null,
            body: bodyOf('task-1', 'processing', { progress: 46 }),
          },
        ],
        next: null,
      });
    });

    it('is listed by its reference', async () => {
      for (const [id, reference] of [
        ['task-1', 'row 7'],
        ['task-2', 'row 8'],
      ] as const) {
        await relay.callback(account, bodyOf(id), { reference });
      }
      const listed = async (query: string) =>
        (await relay.request('GET', `/v1/tasks?reference=${query}`, { as: account })).body;

      expect(await listed('row%207')).toMatchObject({ data: [{ task_id: 'task-1' }] });
      expect(await listed('row%209')).toEqual({ data: [], next: null });
    });

    it('without progress counts as 0 percent', async () => {
      await relay.subscribe(account, target.url, { event: 'task.progress' });
      const body = '{"task_id":"task-1","status":"processing"}';
      expect(await relay.callback(account, body)).toMatchObject(RECEIVED);
      await relay.settled(account);
      expect(target.bodiesAt('/')).toEqual([body]);
      expect(await tasksOf(account)).toMatchObject({ data: [{ progress: 0, operation: '' }] });
    });

    it('about a task that was only created is acknowledged, and is no event', async () => {
      await relay.subscribe(account, target.url, { event: 'task.progress' });
      const body = '{"task_id":"task-1","status":"pending"}';
      expect(await relay.callback(account, body)).toMatchObject(RECEIVED);
      await relay.settled(account);
      expect(target.bodiesAt('/')).toEqual([]);
      expect(await tasksOf(account)).toMatchObject({ data: [] });
    });

    it('may contain characters that PostgreSQL cannot store', async () => {
      await relay.subscribe(account, target.url);
      const body = bodyOf('nul-\0-half-\ud800', 'finished', { prompt: '\0 \udfff' });
      expect(await relay.callback(account, body, { reference: 'a\0b' })).toMatchObject(RECEIVED);
      await relay.settled(account);
      expect(target.received).toMatchObject([{ body }]);
    });
  });

  describe('An invalid callback', () => {
    it.each([
      ['no secret', () => ({ 'x-webhook-secret': '' })],
      ['the secret of another connection', () => ({ 'x-webhook-secret': anAccount().secret })],
      ['the management token', () => ({ 'x-webhook-secret': account.token })],
      ['the API key', () => ({ 'x-webhook-secret': account.key })],
    ])('with %s is refused and nothing is kept', async (_what, headers) => {
      await relay.subscribe(account, target.url);
      expect(await relay.callback(account, bodyOf('task-1'), {}, headers())).toMatchObject({
        status: 401,
        body: { error: { code: 'secret' } },
      });
      expect(await relay.deliveries(account)).toEqual([]);
      expect(await tasksOf(account)).toEqual({ data: [], next: null });
    });

    it.each([
      ['nothing', ''],
      ['no JSON', 'task_id=1'],
      ['JSON without a task', '{"hello":"world"}'],
      ['a list', '[]'],
      ['more than any task has', JSON.stringify(Array(1_000_000).fill(0))],
    ])('with %s as its body is refused with a message', async (_what, body) => {
      expect(await relay.callback(account, body)).toMatchObject({
        status: 422,
        body: {
          error: { code: 'not_a_task', message: expect.stringMatching(/^The body is no task\. /) },
        },
      });
      expect(await tasksOf(account)).toEqual({ data: [], next: null });
    });

    it('without a body is refused with an error code', async () => {
      await relay.introduce(account);
      const headers = { 'x-webhook-secret': account.secret };
      expect(await relay.request('POST', `/v1/callbacks/${account.id}`, { headers })).toMatchObject(
        {
          status: 422,
          body: { error: { code: 'not_a_task' } },
        },
      );
    });

    it('that is large and has a wrong secret is refused before its body is read', async () => {
      const headers = { 'x-webhook-secret': anAccount().secret };
      const body = 'x'.repeat(11 * 1024 * 1024);
      expect(await relay.callback(account, body, {}, headers)).toMatchObject({
        status: 401,
        body: { error: { code: 'secret' } },
      });
    });

    it('above 10 MB is not read', async () => {
      const body = JSON.stringify({ task_id: 'x', padding: 'x'.repeat(10 * 1024 * 1024) });
      expect(await relay.callback(account, body)).toMatchObject({
        status: 413,
        body: { error: { code: 'too_large', message: 'The body is larger than 10 MB.' } },
      });
    });

    it.each([
      [{ resume: 'https://example.com/callback' }, 'resume: This relay does not call that host.'],
      [{ resume: 'http://169.254.169.254/latest' }, 'resume: This relay does not call that host.'],
      [{ resume: 'http://127.0.0.1/', group: 'g' }, 'group_size: '],
      [{ resume: 'http://127.0.0.1/', group: 'g', group_size: '0' }, 'group_size: '],
      [{ reference: 'r'.repeat(1001) }, 'reference: '],
    ])('with the query %j is refused with a message', async (query, words) => {
      expect(await relay.callback(account, bodyOf('task-1'), query)).toMatchObject({
        status: 400,
        body: { error: { message: expect.stringContaining(words) } },
      });
      expect(await tasksOf(account)).toEqual({ data: [], next: null });
    });
  });
});
