import { z as zod } from 'zod';
import { bodyOf } from '../support/bodies.ts';
import { onEachEngine } from '../support/engines.ts';
import { type Account, anAccount, startTestRelay, type TestRelay } from '../support/relay.ts';
import { startTarget, type TargetServer } from '../support/target_server.ts';
import { until } from '../support/until.ts';

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

  /** An event whose target fails until no retries are left. @returns the id of the dead letter */
  async function deadLetter(taskId = 'task-1'): Promise<string> {
    target.answer({ status: 500, body: 'Down.' });
    await relay.callback(account, bodyOf(taskId));
    await until('an attempt', async () =>
      (await relay.deliveries(account, 'waiting')).some(({ attempts }) => attempts > 0),
    );
    // Makes the next attempt the last one. While pg-boss records the end of the first one, the job
    // is in another state and not found here.
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
      const dead = await relay.deliveries(account, 'dead');
      return dead.length > 0 && dead;
    });
    return letter?.id ?? '';
  }

  const retry = (id: string, as = account) =>
    relay.request('POST', `/v1/deliveries/${id}/retry`, { as });

  it('a delivery without retries left is listed and can be replayed', async () => {
    await relay.subscribe(account, target.url);
    const id = await deadLetter();
    expect(await relay.deliveries(account, 'dead')).toMatchObject([
      { id, state: 'dead', task_id: 'task-1', attempts: 2, answer: 'HTTP 500: Down.' },
    ]);
    target.answer({ status: 200 });
    expect(await retry(id)).toMatchObject({ status: 202, body: { state: 'waiting' } });
    expect(await relay.settled(account)).toMatchObject([{ id, state: 'delivered', attempts: 3 }]);
    expect(target.bodiesAt('/')).toEqual([1, 2, 3].map(() => bodyOf('task-1')));
  });

  it('a dead letter that fails again is retried like a new delivery', async () => {
    await relay.subscribe(account, target.url);
    const id = await deadLetter();
    await retry(id);
    await until('the failure', async () =>
      (await relay.deliveries(account, 'waiting')).some(({ attempts }) => attempts === 3),
    );
    target.answer({ status: 200 });
    await relay.hurry();
    expect(await relay.settled(account)).toMatchObject([{ id, state: 'delivered', attempts: 4 }]);
  });

  it('a dead letter that is replayed after days waits for a busy target', async () => {
    await relay.subscribe(account, target.url);
    const id = await deadLetter();
    await relay.database.run(
      `update relay.delivery set created_at = now() - interval '3 days',
         tried_since = now() - interval '3 days' where id = $1`,
      [id],
    );
    target.answer({ status: 429, headers: { 'retry-after': '600' } });
    await retry(id);
    const [waiting] = await until('the attempt', async () => {
      const deliveries = await relay.deliveries(account);
      return deliveries[0]?.attempts === 3 && deliveries;
    });
    expect(waiting).toMatchObject({ state: 'waiting' });
    target.answer({ status: 200 });
    await until('the delivery', async () => {
      await relay.hurry();
      return (await relay.deliveries(account, 'delivered')).length === 1;
    });
  });

  it('what waits after a failure comes at once when it is asked for, with the job that it has', async () => {
    target.answer({ status: 500 });
    await relay.subscribe(account, target.url);
    await relay.callback(account, bodyOf('task-1'));
    const [{ id } = { id: '' }] = await until('the attempt', async () => {
      const waiting = await relay.deliveries(account, 'waiting');
      return waiting[0]?.attempts === 1 && waiting;
    });
    await relay.database.run(
      `update pgboss.job set start_after = now() + interval '2 hours'
       where name = 'deliver' and state = 'retry' and data ->> 'delivery' = $1`,
      [id],
    );
    await relay.database.run(
      `update relay.delivery set tried_since = now() - interval '1 hour' where id = $1`,
      [id],
    );
    target.answer({ status: 200 });
    expect(await Promise.all([retry(id), retry(id)])).toEqual(
      expect.arrayContaining([expect.objectContaining({ status: 202 })]),
    );
    relay.wake();
    expect(await relay.settled(account)).toMatchObject([{ state: 'delivered', attempts: 2 }]);
    const jobs = await relay.database.rows(
      zod.object({ count: zod.number() }),
      `select count(*)::integer as count from pgboss.job
       where name = 'deliver' and data ->> 'delivery' = $1`,
      [id],
    );
    expect(jobs).toEqual([{ count: 1 }]);
  });

  it('a dead letter whose hook was unsubscribed is not delivered', async () => {
    const hook = await relay.subscribe(account, target.url);
    const id = await deadLetter();
    await relay.request('DELETE', `/v1/hooks/${hook}`, { as: account });
    target.answer({ status: 200 });
    await retry(id);
    expect(await relay.settled(account)).toMatchObject([{ state: 'ended', attempts: 2 }]);
  });

  it('another connection cannot replay it, and only dead letters can be replayed', async () => {
    await relay.subscribe(account, target.url);
    const id = await deadLetter();
    const refused = {
      status: 404,
      body: { error: { code: 'no_dead_letter', message: expect.stringContaining('state=dead') } },
    };
    expect(await retry(id, anAccount())).toMatchObject(refused);
    expect(await retry('999999999')).toMatchObject(refused);
    expect(await relay.deliveries(account, 'dead')).toHaveLength(1);
    target.answer({ status: 200 });
    await retry(id);
    await relay.settled(account);
    expect(await retry(id)).toMatchObject(refused);
    expect((await retry('one')).status).toBe(400);
    expect(target.received).toHaveLength(3);
  });
});
