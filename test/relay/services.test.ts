import type { ServiceKey } from '../../sandbox/start_service.ts';
import { bodyOf } from '../support/bodies.ts';
import { EACH_SERVICE } from '../support/each_service.ts';
import { onEachEngine } from '../support/engines.ts';
import { type Account, anAccount, startTestRelay, type TestRelay } from '../support/relay.ts';
import { startTarget, type TargetServer } from '../support/target_server.ts';

type Body = (taskId: string, status: 'finished' | 'processing', secret: string) => string;

const unified =
  (id: 'task_id' | 'job_id', task_type: string): Body =>
  (taskId, status, secret) =>
    JSON.stringify({
      timestamp: 1_723_018_391,
      data: {
        [id]: taskId,
        model: 'midjourney',
        task_type,
        status: status === 'finished' ? 'completed' : status,
        config: {
          webhook_config: { endpoint: `https://relay.example/?secret=${secret}`, secret },
        },
        output: { progress: 46, image_url: 'https://a.example/1.png' },
      },
    });

/** A callback's body as each service sends it; two of them repeat the secret. */
const BODIES: Readonly<Record<ServiceKey, Body>> = {
  piapi_v2: (taskId, status) => bodyOf(taskId, status, { progress: 46 }),
  piapi_unified: unified('task_id', 'imagine'),
  legnext: unified('job_id', 'diffusion'),
  apiframe: (jobId, status) =>
    JSON.stringify({
      event: status === 'finished' ? 'completed' : 'progress',
      jobId,
      status: status === 'finished' ? 'COMPLETED' : 'PROCESSING',
      progress: 46,
      ...(status === 'finished' && {
        result: { images: ['https://a.example/1.png'], gridUrl: 'https://a.example/2.png' },
      }),
      model: 'midjourney',
    }),
};

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
  afterEach(() => target.stop());
  afterAll(() => relay.stop());

  const tasks = async () => (await relay.request('GET', '/v1/tasks', { as: account })).body;

  describe.each(EACH_SERVICE)('A callback of $key', ({ key, service }) => {
    const body = (status: 'finished' | 'processing' = 'finished') =>
      BODIES[key]('task-1', status, account.secret);
    const post = (sent: string, query: Record<string, string>, headers = {}) =>
      relay.request(
        'POST',
        `/v1/callbacks/${account.id}?${new URLSearchParams({ service: key, ...query })}`,
        { body: sent, headers },
      );

    it('is read in the format of its service and reaches the hooks whose filters match', async () => {
      await relay.subscribe(account, `${target.url}/imagines`, { operations: ['imagine'] });
      await relay.subscribe(account, `${target.url}/upscales`, { operations: ['upscale'] });
      await relay.callback(account, body(), { service: key, reference: 'row-7' });
      await relay.settled(account);

      expect(target.received.map(({ path }) => path)).toEqual(['/imagines']);
      expect(target.received[0]?.headers['x-webhook-secret']).toBe(account.secret);
      expect(await tasks()).toMatchObject({
        data: [{ task_id: 'task-1', operation: 'imagine', status: 'finished', reference: 'row-7' }],
      });
    });

    it('may have its secret in the query; it is passed on as a header and never in a URL', async () => {
      await relay.subscribe(account, `${target.url}/?keep=1`);
      expect(await post(body(), { secret: account.secret })).toMatchObject({ status: 200 });
      await relay.settled(account);

      expect(target.received).toMatchObject([
        {
          query: new URLSearchParams({ keep: '1', operation: 'imagine', forwarded: '1' }),
          headers: { 'x-webhook-secret': account.secret },
        },
      ]);
    });

    it.each([
      ['no secret', {}, {}],
      ['a wrong secret in the query', { secret: 'guessed' }, {}],
      ['an empty secret in the query', { secret: '' }, {}],
      [
        'the right secret in the query and a wrong one in the header',
        {},
        { 'x-webhook-secret': 'guessed' },
      ],
    ])('with %s is refused and nothing is kept', async (_what, query, headers) => {
      const own = 'x-webhook-secret' in headers ? { secret: account.secret } : {};

      expect(await post(body(), { ...own, ...query }, headers)).toMatchObject({
        status: 401,
        body: { error: { code: 'secret' } },
      });
      expect(await tasks()).toEqual({ data: [], next: null });
    });

    it('with progress is acknowledged but not kept when its URL has quiet=1', async () => {
      await relay.subscribe(account, target.url, { event: 'task.progress' });
      const quiet = { service: key, quiet: '1' };

      expect(await relay.callback(account, body('processing'), quiet)).toMatchObject({
        status: 200,
        body: { received: true },
      });
      expect(await relay.deliveries(account)).toEqual([]);
      expect(await tasks()).toEqual({ data: [], next: null });

      await relay.callback(account, body(), quiet);
      expect(await tasks()).toMatchObject({ data: [{ status: 'finished' }] });
    });

    it('is listed, passed on and logged without the secret that its body repeats', async () => {
      await relay.subscribe(account, target.url);
      await post(body(), { secret: account.secret });
      await relay.settled(account);
      const deliveries = await relay.deliveries(account);

      expect(JSON.stringify(await tasks())).toContain('task-1');
      for (const shown of [await tasks(), deliveries, relay.log(), target.bodiesAt('/')]) {
        expect(JSON.stringify(shown)).not.toContain(account.secret);
      }
    });

    it('with the name of a service that has another format is refused', async () => {
      // The APIs of one vendor read each other's tasks.
      const other = EACH_SERVICE.find((one) => one.service.label !== service.label)?.key ?? key;

      expect(await relay.callback(account, body(), { service: other })).toMatchObject({
        status: 422,
        body: { error: { code: 'not_a_task' } },
      });
    });
  });

  it('a callback with the name of an unknown service is refused with a message', async () => {
    const answer = await relay.callback(account, bodyOf('task-1'), { service: 'of-tomorrow' });

    expect(answer).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining('service') } },
    });
  });

  it('a callback without the name of a service is read as one of PiAPI v2, as in version 1.0', async () => {
    await relay.callback(account, bodyOf('task-1'));

    expect(await tasks()).toMatchObject({ data: [{ task_id: 'task-1', operation: 'imagine' }] });
  });
});
