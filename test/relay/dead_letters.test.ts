import { z as zod } from 'zod';
import { bodyOf } from '../support/bodies.ts';
import { onEachEngine } from '../support/engines.ts';
import { aParty, type Party, startTestRelay, type TestRelay } from '../support/relay.ts';
import { startTarget, type TargetServer } from '../support/target_server.ts';
import { until } from '../support/until.ts';

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

  afterEach(async () => {
    await target.stop();
  });

  afterAll(async () => {
    await relay.stop();
  });

  /** An event whose target fails until the engine gives it up. @returns the id of the dead letter */
  async function deadLetter(taskId = 'task-1'): Promise<string> {
    target.answer({ status: 500, body: 'Down.' });
    await relay.callback(party, bodyOf(taskId));
    await until('an attempt', async () =>
      (await relay.deliveries(party, 'waiting')).some(({ attempts }) => attempts > 0),
    );
    // The next try is the last one. While the engine writes down the first one's end there is no
    // job to be found.
    await until('the job that waits for its next try', async () => {
      const found = await relay.database.rows(
        zod.object({ id: zod.string() }),
        `update pgboss.job set retry_limit = retry_count + 1
         where name = 'deliver' and state = 'retry' returning id::text`,
      );
      return found.length > 0;
    });
    const [letter] = await until('a dead letter', async () => {
      await relay.hurry();
      const dead = await relay.deliveries(party, 'dead');
      return dead.length > 0 && dead;
    });
    return letter?.id ?? '';
  }

  const retry = (id: string, as = party) => relay.ask('POST', `/v1/deliveries/${id}/retry`, { as });

  it('a delivery whose tries are used up is listed and can be delivered after all', async () => {
    await relay.subscribe(party, target.url);
    const id = await deadLetter();
    expect(await relay.deliveries(party, 'dead')).toMatchObject([
      { id, state: 'dead', task_id: 'task-1', attempts: 2, answer: 'HTTP 500: Down.' },
    ]);
    target.answer({ status: 200 });
    expect(await retry(id)).toMatchObject({ status: 202, body: { state: 'waiting' } });
    expect(await relay.settled(party)).toMatchObject([{ id, state: 'delivered', attempts: 3 }]);
    expect(target.bodiesAt('/')).toEqual([1, 2, 3].map(() => bodyOf('task-1')));
  });

  it('a dead letter that fails again is tried again like a new one', async () => {
    await relay.subscribe(party, target.url);
    const id = await deadLetter();
    await retry(id);
    await until('the failure', async () =>
      (await relay.deliveries(party, 'waiting')).some(({ attempts }) => attempts === 3),
    );
    target.answer({ status: 200 });
    await relay.hurry();
    expect(await relay.settled(party)).toMatchObject([{ id, state: 'delivered', attempts: 4 }]);
  });

  it('a dead letter that comes back after days waits for a target that is busy', async () => {
    await relay.subscribe(party, target.url);
    const id = await deadLetter();
    await relay.database.run(
      `update relay.delivery set created_at = now() - interval '3 days',
         tried_since = now() - interval '3 days' where id = $1`,
      [id],
    );
    target.answer({ status: 429, headers: { 'retry-after': '600' } });
    await retry(id);
    const [waiting] = await until('the try', async () => {
      const deliveries = await relay.deliveries(party);
      return deliveries[0]?.attempts === 3 && deliveries;
    });
    expect(waiting).toMatchObject({ state: 'waiting' });
    target.answer({ status: 200 });
    await until('the delivery', async () => {
      await relay.hurry();
      return (await relay.deliveries(party, 'delivered')).length === 1;
    });
  });

  it('a dead letter whose hook was ended is not delivered', async () => {
    const hook = await relay.subscribe(party, target.url);
    const id = await deadLetter();
    await relay.ask('DELETE', `/v1/hooks/${hook}`, { as: party });
    target.answer({ status: 200 });
    await retry(id);
    expect(await relay.settled(party)).toMatchObject([{ state: 'ended', attempts: 2 }]);
  });

  it('nobody else can bring it back, nor what is no dead letter', async () => {
    await relay.subscribe(party, target.url);
    const id = await deadLetter();
    const refused = {
      status: 404,
      body: { error: { code: 'no_dead_letter', message: expect.stringContaining('state=dead') } },
    };
    expect(await retry(id, aParty())).toMatchObject(refused);
    expect(await retry('999999999')).toMatchObject(refused);
    expect(await relay.deliveries(party, 'dead')).toHaveLength(1);
    target.answer({ status: 200 });
    await retry(id);
    await relay.settled(party);
    expect(await retry(id)).toMatchObject(refused);
    expect((await retry('one')).status).toBe(400);
    expect(target.received).toHaveLength(3);
  });
});
