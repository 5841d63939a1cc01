import type { ServiceKey } from '../../sandbox/start_service.ts';
import { bodyOf } from '../support/bodies.ts';
import { EACH_SERVICE } from '../support/each_service.ts';
import { onEachEngine } from '../support/engines.ts';
import { aParty, type Party, startTestRelay, type TestRelay } from '../support/relay.ts';
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
};

onEachEngine((engine) => {
  let relay: TestRelay;
  let target: TargetServer;
  let party: Party;

  beforeAll(async () => {
    relay = await startTestRelay(engine);
  });
  beforeEach(async () => {
    party = aParty();
    target = await startTarget();
  });
  afterEach(() => target.stop());
  afterAll(() => relay.stop());

  const tasks = async () => (await relay.ask('GET', '/v1/tasks', { as: party })).body;

  describe.each(EACH_SERVICE)('A callback of $key', ({ key, service }) => {
    const body = (status: 'finished' | 'processing' = 'finished') =>
      BODIES[key]('task-1', status, party.secret);
    const post = (sent: string, query: Record<string, string>, headers = {}) =>
      relay.ask(
        'POST',
        `/v1/callbacks/${party.id}?${new URLSearchParams({ service: key, ...query })}`,
        { body: sent, headers },
      );

    it('is read in the words of its service and reaches the hooks that want it', async () => {
      await relay.subscribe(party, `${target.url}/imagines`, { operations: ['imagine'] });
      await relay.subscribe(party, `${target.url}/upscales`, { operations: ['upscale'] });
      await relay.callback(party, body(), { service: key, reference: 'row-7' });
      await relay.settled(party);

      expect(target.received.map(({ path }) => path)).toEqual(['/imagines']);
      expect(target.received[0]?.headers['x-webhook-secret']).toBe(party.secret);
      expect(await tasks()).toMatchObject({
        data: [{ task_id: 'task-1', operation: 'imagine', status: 'finished', reference: 'row-7' }],
      });
    });

    it('may have its secret in the query, which is handed on as a header and in no address', async () => {
      await relay.subscribe(party, `${target.url}/?keep=1`);
      expect(await post(body(), { secret: party.secret })).toMatchObject({ status: 200 });
      await relay.settled(party);

      expect(target.received).toMatchObject([
        {
          query: new URLSearchParams({ keep: '1', forwarded: '1' }),
          headers: { 'x-webhook-secret': party.secret },
        },
      ]);
    });

    it.each([
      ['no secret', {}, {}],
      ['another secret in the query', { secret: 'guessed' }, {}],
      ['an empty one', { secret: '' }, {}],
      ['another one in the header than in the query', {}, { 'x-webhook-secret': 'guessed' }],
    ])('with %s is refused and leaves nothing', async (_what, query, headers) => {
      const own = 'x-webhook-secret' in headers ? { secret: party.secret } : {};

      expect(await post(body(), { ...own, ...query }, headers)).toMatchObject({
        status: 401,
        body: { error: { code: 'secret' } },
      });
      expect(await tasks()).toEqual({ data: [], next: null });
    });

    it('that tells of progress that nobody wants is acknowledged and forgotten', async () => {
      await relay.subscribe(party, target.url, { event: 'task.progress' });
      const quiet = { service: key, quiet: '1' };

      expect(await relay.callback(party, body('processing'), quiet)).toMatchObject({
        status: 200,
        body: { received: true },
      });
      expect(await relay.deliveries(party)).toEqual([]);
      expect(await tasks()).toEqual({ data: [], next: null });

      await relay.callback(party, body(), quiet);
      expect(await tasks()).toMatchObject({ data: [{ status: 'finished' }] });
    });

    it('is shown, handed on and logged without the secret that it repeats', async () => {
      await relay.subscribe(party, target.url);
      await post(body(), { secret: party.secret });
      await relay.settled(party);
      const deliveries = await relay.deliveries(party);

      expect(JSON.stringify(await tasks())).toContain('task-1');
      for (const shown of [await tasks(), deliveries, relay.log(), target.bodiesAt('/')]) {
        expect(JSON.stringify(shown)).not.toContain(party.secret);
      }
    });

    it('under the name of a service that does not speak so is no task', async () => {
      // Faces of one vendor read each other's tasks.
      const other = EACH_SERVICE.find((one) => one.service.label !== service.label)?.key ?? key;

      expect(await relay.callback(party, body(), { service: other })).toMatchObject({
        status: 422,
        body: { error: { code: 'not_a_task' } },
      });
    });
  });

  it('the name of an unknown service is refused in words', async () => {
    const answer = await relay.callback(party, bodyOf('task-1'), { service: 'of-tomorrow' });

    expect(answer).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining('service') } },
    });
  });

  it('a callback without the name of a service is of the first one, as before', async () => {
    await relay.callback(party, bodyOf('task-1'));

    expect(await tasks()).toMatchObject({ data: [{ task_id: 'task-1', operation: 'imagine' }] });
  });
});
