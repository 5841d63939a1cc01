import * as zod from 'zod';
import { deleteExpired } from '../../relay/retention.ts';
import { figures } from '../../relay/store/figures.ts';
import { bodyOf } from '../support/bodies.ts';
import { onEachEngine } from '../support/engines.ts';
import { type Account, anAccount, startTestRelay, type TestRelay } from '../support/relay.ts';

const DAY = 24 * 3600 * 1000;
const dayOf = (daysAgo: number): string =>
  new Date(Date.now() - daysAgo * DAY).toISOString().slice(0, 10);

onEachEngine((engine) => {
  let relay: TestRelay;
  let account: Account;

  beforeAll(async () => {
    relay = await startTestRelay(engine);
  });

  beforeEach(() => {
    account = anAccount();
  });

  afterAll(() => relay.stop());

  const read = async (query = '', as = account) =>
    figures.parse((await relay.request('GET', `/v1/figures?${query}`, { as })).body);

  /** Ten tasks of these days ago, of which the n-th took n minutes; the last failed. */
  async function tenTasks(daysAgo: number): Promise<void> {
    for (let number = 1; number <= 10; number += 1) {
      const id = `${daysAgo}-${number}`;
      await relay.callback(account, bodyOf(id, number === 10 ? 'failed' : 'finished'));
      await relay.database.run(
        `update relay.task set duration_seconds = $3 * 60, credits_used = 2,
           started_at = now() - $4 * interval '1 day', updated_at = now() - $4 * interval '1 day'
         where connection = $1 and task_id = $2`,
        [account.id, id, number, daysAgo],
      );
    }
  }

  it('count tasks, credits and failures by day', async () => {
    await tenTasks(1);
    const { days, failures, times } = await read();
    expect(days).toEqual([
      {
        day: dayOf(1),
        connection: account.id,
        operation: 'imagine',
        model: 'midjourney',
        tasks: 10,
        finished: 9,
        failed: 1,
        credits: 20,
        credits_unit: expect.any(String),
      },
    ]);
    expect(failures).toEqual([{ kind: 'banned_prompt', tasks: 1 }]);
    // The fifth of nine, and the ninth: within a tenth of 300 s and of 540 s.
    const [{ p50, p95 } = { p50: 0, p95: 0 }] = times;
    expect(Math.abs((p50 ?? 0) - 300)).toBeLessThanOrEqual(30);
    expect(Math.abs((p95 ?? 0) - 540)).toBeLessThanOrEqual(54);
  });

  it('stay when the tasks are kept no longer, and are counted once', async () => {
    await tenTasks(10);
    await tenTasks(2);
    const query = `since=${dayOf(30)}`;
    const before = await read(query);
    expect(before.days).toHaveLength(2);
    await relay.database.run(
      `update relay.event set received_at = now() - interval '10 days' where task_id like '10-%'`,
    );
    await deleteExpired(relay.database, 7);
    expect(await read(query)).toEqual(before);
    await deleteExpired(relay.database, 7);
    expect(await read(query)).toEqual(before);
    const { body } = await relay.request('GET', '/v1/tasks', { as: account });
    expect(zod.object({ data: zod.array(zod.unknown()) }).parse(body).data).toHaveLength(10);
    await deleteExpired(relay.database, 1);
    expect((await read(query)).days).toEqual(before.days);
  });

  it('leave out what is no number of credits or seconds', async () => {
    const body = JSON.parse(bodyOf('t'));
    for (const [id, credit, process_time] of [
      ['t', 1.7e308, 1e300],
      ['u', -500, -3],
    ] as const) {
      const sent = { ...body, task_id: id, process_time };
      const task_result = { ...body.task_result, credit, quota_used: credit };
      await relay.callback(account, JSON.stringify({ ...sent, task_result }));
    }
    const { days } = await read();
    expect(days.map(({ credits }) => credits)).toEqual(days.map(() => 0));
    expect(days.reduce((sum, { tasks }) => sum + tasks, 0)).toBe(2);
  });

  it('of a task that runs count it, and nothing more', async () => {
    await relay.callback(account, bodyOf('t', 'processing', { progress: 20 }));
    const { days, failures, times } = await read();
    expect(days).toMatchObject([{ tasks: 1, finished: 0, failed: 0 }]);
    expect([failures, times]).toEqual([[], []]);
  });

  it('show what waits to be delivered, and how long deliveries took', async () => {
    const hook = await relay.subscribe(account, `${relay.url}/livez`);
    await relay.callback(account, bodyOf('t'));
    expect((await read()).deliveries.waiting).toBe(1);
    await relay.database.run(
      `update relay.delivery set state = 'delivered', settled_at = created_at + interval '2 seconds'
       where hook_id = $1`,
      [hook],
    );
    expect((await read()).deliveries).toEqual({
      waiting: 0,
      oldest_seconds: 0,
      days: [{ day: dayOf(0), p50: 2, p95: 2, delivered: 1 }],
    });
  });

  it('are of the connections that ask', async () => {
    await tenTasks(1);
    expect((await read('', anAccount())).days).toEqual([]);
    expect((await read(`connection=${anAccount().id}`)).days).toEqual([]);
    expect((await read(`connection=${account.id}`)).days).toHaveLength(1);
  });

  it.each([
    ['since=2026-11-30&until=2026-11-01', 'since, until'],
    ['since=2024-01-01', 'since, until'],
    ['since=monday', 'since'],
    ['days=7', 'days'],
  ])('%s are days that cannot be asked for', async (query, name) => {
    const answer = await relay.request('GET', `/v1/figures?${query}`, { as: account });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain(name);
  });
});
