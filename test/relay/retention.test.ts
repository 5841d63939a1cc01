import * as zod from 'zod';
import { CLEANUP } from '../../relay/queues.ts';
import { deleteExpired } from '../../relay/retention.ts';
import { bodyOf } from '../support/bodies.ts';
import { onEachEngine } from '../support/engines.ts';
import { aParty, startTestRelay, type TestRelay } from '../support/relay.ts';
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

  /** An event with a delivery and a group, of so many days ago. */
  async function anEvent(days: number): Promise<void> {
    const party = aParty();
    const resume = 'http://127.0.0.1:9/';
    await relay.callback(party, bodyOf('a'), { resume, group: 'g', group_size: '1' });
    for (const [table, column] of [
      ['event', 'received_at'],
      ['task_group', 'created_at'],
    ]) {
      await relay.database.run(
        `update relay.${table} set ${column} = now() - $2 * interval '1 day' where connection = $1`,
        [party.id, days],
      );
    }
  }

  it('forgets what is older than the retention, with all that belongs to it, and no hook', async () => {
    await relay.subscribe(aParty(), 'http://127.0.0.1:9/');
    await anEvent(5);
    await anEvent(3);
    expect(await kept()).toEqual({ events: 2, deliveries: 2, groups: 2, hooks: 1 });
    await deleteExpired(relay.database, 4);
    expect(await kept()).toEqual({ events: 1, deliveries: 1, groups: 1, hooks: 1 });
    await deleteExpired(relay.database, 4);
    expect(await kept()).toEqual({ events: 1, deliveries: 1, groups: 1, hooks: 1 });
  });

  it('is done by the engine each hour, with the days of the setting', async () => {
    expect(await relay.database.boss.getSchedules(CLEANUP)).toMatchObject([{ cron: '23 * * * *' }]);
    await anEvent(5);
    await relay.database.boss.send(CLEANUP);
    relay.wake();
    await until('the old to go', async () => (await kept())?.events === 1);
  });
});
