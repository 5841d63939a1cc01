import * as zod from 'zod';
import { attentionRow } from '../../relay/store/attention.ts';
import { bodyOf } from '../support/bodies.ts';
import { onEachEngine } from '../support/engines.ts';
import { type Account, anAccount, startTestRelay, type TestRelay } from '../support/relay.ts';
import { startTarget, type TargetServer } from '../support/target_server.ts';
import { until } from '../support/until.ts';

const listed = zod.object({ data: zod.array(attentionRow) });

onEachEngine((engine) => {
  let relay: TestRelay;
  let target: TargetServer;
  let account: Account;

  beforeAll(async () => {
    relay = await startTestRelay(engine, { RELAY_EVENTS_KEPT: '8' });
  });

  beforeEach(async () => {
    account = anAccount();
    target = await startTarget();
  });

  afterEach(() => target.stop());
  afterAll(() => relay.stop());

  const attention = async (as = account) =>
    listed.parse((await relay.request('GET', '/v1/attention', { as })).body).data;

  /** Events whose target does not take them. @returns the id of the hook */
  async function failing(taskIds: readonly string[], path = ''): Promise<string> {
    target.answer({ status: 500, body: 'Down.' });
    const hook = await relay.subscribe(account, target.url + path);
    for (const id of taskIds) {
      await relay.callback(account, bodyOf(id));
    }
    await until('the attempts', async () => {
      const deliveries = await relay.deliveries(account, 'waiting');
      return deliveries.filter(({ attempts }) => attempts > 0).length >= taskIds.length;
    });
    return hook;
  }

  /** As after a day and a half. */
  const giveUp = () =>
    relay.database.run(
      `update relay.delivery set state = 'dead', settled_at = now(), attempts = 31,
         tried_since = now() - interval '40 hours' where connection = $1`,
      [account.id],
    );

  const retry = (body: object, as = account) =>
    relay.request('POST', '/v1/deliveries/retry', { as, body });

  it('is needed by nothing where all is well', async () => {
    await relay.callback(account, bodyOf('t'));
    expect(await attention()).toEqual([]);
  });

  it('is needed by dead letters, one matter for each Zap, which are brought back together', async () => {
    const hook = await failing(['a', 'b']);
    await giveUp();
    expect(await attention()).toMatchObject([
      {
        kind: 'dead_letters',
        connection: account.id,
        hook_id: hook,
        count: 2,
        subject: new URL(target.url).host,
        answer: 'HTTP 500: Down.',
        message: expect.stringContaining('2 events could not be delivered to a Zap at 127.0.0.1'),
        advice: expect.stringContaining('deliver again'),
        can_retry: true,
      },
    ]);
    target.answer({ status: 200 });
    expect(await retry({ hook_id: hook })).toMatchObject({ status: 202, body: { retried: 2 } });
    await relay.settled(account);
    expect(await relay.deliveries(account, 'delivered')).toHaveLength(2);
    expect(await attention()).toEqual([]);
  });

  it('is brought back for a time, for one Zap, or for none that is somebody else’s', async () => {
    const hook = await failing(['a']);
    await failing(['b'], '/other');
    await giveUp();
    expect(await retry({ until: '2020-01-01T00:00:00Z' })).toMatchObject({ body: { retried: 0 } });
    expect(await retry({ hook_id: null })).toMatchObject({ body: { retried: 0 } });
    expect(await retry({}, anAccount())).toMatchObject({ body: { retried: 0 } });
    expect(await retry({ connection: anAccount().id })).toMatchObject({ body: { retried: 0 } });
    expect(await relay.deliveries(account, 'dead')).toHaveLength(3);
    expect(await retry({ hook_id: hook })).toMatchObject({ body: { retried: 2 } });
    expect(await retry({ since: '2020-01-01T00:00:00Z' })).toMatchObject({ body: { retried: 1 } });
    expect((await retry({ hook_id: 'x' })).status).toBe(400);
    expect((await retry({ hook: hook })).status).toBe(400);
  });

  it('is needed by a Zap that goes on failing', async () => {
    const hook = await failing(['a']);
    await relay.database.run('update relay.delivery set attempts = 3 where connection = $1', [
      account.id,
    ]);
    expect(await attention()).toMatchObject([
      { kind: 'failing_hook', hook_id: hook, count: 1, message: expect.stringContaining('Down') },
    ]);
  });

  it('is needed by a task whose end is overdue', async () => {
    const body = { task_ids: ['late'], callback: 'reference=r', worry_seconds: 60 };
    await relay.request('POST', '/v1/started', { as: account, body });
    expect(await attention()).toEqual([]);
    await relay.database.run(
      `update relay.started set worry_at = now() - interval '6 minutes' where connection = $1`,
      [account.id],
    );
    expect(await attention()).toMatchObject([
      { kind: 'overdue_tasks', subject: 'late', count: 1, can_retry: false },
    ]);
  });

  it('is needed by a connection over its quota, for an hour', async () => {
    for (let number = 0; number < 10; number += 1) {
      await relay.callback(account, bodyOf(`task-${number}`));
    }
    const [matter] = await until('the note', async () => {
      const found = await attention();
      return found.length > 0 && found;
    });
    expect(matter).toMatchObject({
      kind: 'over_quota',
      message: expect.stringContaining('as much in store as it may'),
    });
    await relay.database.run(
      `update relay.connection set over_quota_at = now() - interval '2 hours' where id = $1`,
      [account.id],
    );
    expect(await attention()).toEqual([]);
  });

  it('has the same id while the same matter lasts', async () => {
    await failing(['a']);
    await giveUp();
    const [before] = await attention();
    await relay.callback(account, bodyOf('b'));
    await giveUp();
    const [after] = await attention();
    expect([before?.count, after?.count]).toEqual([1, 2]);
    expect(after?.id).toBe(before?.id);
  });
});
