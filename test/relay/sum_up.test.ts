import * as zod from 'zod';
import { openDatabase } from '../../relay/database.ts';
import { startRelayOn } from '../../relay/relay.ts';
import { readSettings } from '../../relay/settings.ts';
import { sumUpOldEvents } from '../../relay/store/sum_up.ts';
import diffusion from '../fixtures/legnext/diffusion.json' with { type: 'json' };
import { bodyOf } from '../support/bodies.ts';
import { onEachEngine } from '../support/engines.ts';
import { anAccount, startTestRelay, type TestRelay } from '../support/relay.ts';
import { until } from '../support/until.ts';

onEachEngine((engine) => {
  let relay: TestRelay;

  beforeAll(async () => {
    relay = await startTestRelay(engine);
  });

  afterAll(() => relay.stop());

  it('tasks of which an earlier version wrote only events are listed as those of today', async () => {
    const account = anAccount();
    const list = async () => (await relay.request('GET', '/v1/tasks', { as: account })).body;
    await relay.callback(account, bodyOf('a', 'processing', { progress: 20 }));
    await relay.callback(account, bodyOf('b', 'failed'), { reference: 'row-7' });
    await relay.callback(account, bodyOf('a'));
    await relay.callback(account, JSON.stringify(diffusion), { service: 'legnext' });
    const before = await list();
    await relay.database.run('delete from relay.task');
    expect(await list()).toMatchObject({ data: [] });
    await sumUpOldEvents(relay.database);
    const began = { started_at: expect.any(String), duration_seconds: expect.anything() };
    expect(await list()).toMatchObject({
      data: Object(before).data.map((task: object) => ({ ...task, ...began })),
    });
    await sumUpOldEvents(relay.database);
  });

  it('a body that no service reads is listed with what was written of it', async () => {
    const account = anAccount();
    await relay.callback(account, bodyOf('a'), { reference: 'row-7' });
    await relay.database.run(`update relay.event set body = 'gone' where connection = $1`, [
      account.id,
    ]);
    await relay.database.run('delete from relay.task');
    await sumUpOldEvents(relay.database);
    expect((await relay.request('GET', '/v1/tasks', { as: account })).body).toMatchObject({
      data: [{ task_id: 'a', status: 'finished', operation: 'imagine', reference: 'row-7' }],
    });
  });

  it('an end that an earlier version took beside this one is entered as well', async () => {
    const account = anAccount();
    await relay.callback(account, bodyOf('a', 'processing', { progress: 20 }));
    await relay.callback(account, bodyOf('a'));
    await relay.database.run(
      `update relay.task set rank = 20, status = 'processing', ended_at = null where connection = $1`,
      [account.id],
    );
    await sumUpOldEvents(relay.database, 1);
    expect((await relay.request('GET', '/v1/tasks', { as: account })).body).toMatchObject({
      data: [{ status: 'finished', ended_at: expect.any(String) }],
    });
  });

  it('a failure that no service reads is a failure all the same', async () => {
    const account = anAccount();
    await relay.callback(account, bodyOf('a', 'failed'));
    await relay.database.run(`update relay.event set body = '' where connection = $1`, [
      account.id,
    ]);
    await relay.database.run('delete from relay.task');
    await sumUpOldEvents(relay.database);
    expect((await relay.request('GET', '/v1/tasks', { as: account })).body).toMatchObject({
      data: [{ status: 'failed', error_kind: 'unknown' }],
    });
  });

  it('happens at each start, by itself', async () => {
    const account = anAccount();
    const contents = await engine.open();
    const settings = readSettings({
      PORT: '0',
      LOG_LEVEL: 'silent',
      ...contents.variables,
    });
    const database = await openDatabase(settings, contents.contents);
    await database.run(
      `insert into relay.event
         (connection, task_id, rank, operation, status, reference, secret, body)
       select $1, 'task-' || number, 102, 'imagine', 'finished', '', '', ''
       from generate_series(1, 450) as number`,
      [account.id],
    );
    const started = await startRelayOn(database, settings);
    try {
      await until('all tasks', async () => {
        const [row] = await database.rows(
          zod.object({ count: zod.number() }),
          'select count(*)::integer as count from relay.task',
        );
        return row?.count === 450;
      });
    } finally {
      await started.stop();
      await contents.drop();
    }
  });
});
