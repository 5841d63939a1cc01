import * as zod from 'zod';
import { CLEANUP } from '../../relay/queues.ts';
import { deleteExpired } from '../../relay/retention.ts';
import { bodyOf } from '../support/bodies.ts';
import { onEachEngine } from '../support/engines.ts';
import { anAccount, startTestRelay, type TestRelay } from '../support/relay.ts';
import { until } from '../support/until.ts';

const counts = zod.object({
  events: zod.number(),
  deliveries: zod.number(),
  groups: zod.number(),
  hooks: zod.number(),
});

onEachEngine((engine) => {
  let relay: TestRelay;

  beforeAll(async () => {
    relay = await startTestRelay(engine, { RELAY_RETENTION_DAYS: '4' });
  });

  afterAll(async () => {
    await relay.stop();
  });

  const kept = async () =>
    (
      await relay.database.rows(
        counts,
        `select (select count(*)::integer from relay.event) as events,
           (select count(*)::integer from relay.delivery) as deliveries,
           (select count(*)::integer from relay.task_group) as groups,
           (select count(*)::integer from relay.hook) as hooks`,
      )
    )[0];

  /** Stores an event with a delivery and a group as if received this many days ago. */
  async function anEvent(days: number): Promise<void> {
    const account = anAccount();
    const resume = 'http://127.0.0.1:9/';
    await relay.callback(account, bodyOf('a'), { resume, group: 'g', group_size: '1' });
    for (const [table, column] of [
      ['event', 'received_at'],
      ['task_group', 'created_at'],
    ]) {
      await relay.database.run(
        `update relay.${table} set ${column} = now() - $2 * interval '1 day' where connection = $1`,
        [account.id, days],
      );
    }
  }

  it('events older than the retention are deleted with their deliveries and groups; hooks are kept', async () => {
    await relay.subscribe(anAccount(), 'http://127.0.0.1:9/');
    await anEvent(5);
    await anEvent(3);
    expect(await kept()).toEqual({ events: 2, deliveries: 2, groups: 2, hooks: 1 });
    await deleteExpired(relay.database, 4);
    expect(await kept()).toEqual({ events: 1, deliveries: 1, groups: 1, hooks: 1 });
    await deleteExpired(relay.database, 4);
    expect(await kept()).toEqual({ events: 1, deliveries: 1, groups: 1, hooks: 1 });
  });

  it('a step of it that fails does not keep the others from being done, and is heard of', async () => {
    await anEvent(5);
    const before = await kept();
    await relay.database.run('alter table relay.daily rename to daily_elsewhere');
    try {
      await expect(deleteExpired(relay.database, 4)).rejects.toMatchObject({ code: '42P01' });
    } finally {
      await relay.database.run('alter table relay.daily_elsewhere rename to daily');
    }
    const after = await kept();
    expect(after?.events).toBe((before?.events ?? 0) - 1);
    expect(after?.groups).toBe((before?.groups ?? 0) - 1);
  });

  it('a pg-boss job deletes them each hour, with the days of the setting', async () => {
    expect(await relay.database.boss.getSchedules(CLEANUP)).toMatchObject([{ cron: '23 * * * *' }]);
    await anEvent(5);
    await relay.database.boss.send(CLEANUP);
    relay.wake();
    await until('the old event to be deleted', async () => (await kept())?.events === 1);
  });
});
