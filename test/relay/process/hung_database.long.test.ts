import { type FrozenProxy, startFrozenProxy } from '../../../sandbox/relay/frozen_proxy.ts';
import { bodyOf } from '../../support/bodies.ts';
import { type Engine, onPostgres } from '../../support/engines.ts';
import { countTasks, startLoad } from '../../support/load.ts';
import { alterDatabase, cutConnections, query } from '../../support/postgres.ts';
import { anAccount } from '../../support/relay.ts';
import { onStage, type Stage } from '../../support/relay_process.ts';
import { until } from '../../support/until.ts';

const TEST_MILLISECONDS = 300_000;
/** The longest pause until pg-boss retries a job whose end it could not record. */
const RECOVERY_SECONDS = 200;

/** The same engine behind a proxy that can hang. */
async function behindProxy(
  engine: Engine,
  run: (stage: Stage, proxy: FrozenProxy, url: string) => Promise<void>,
): Promise<void> {
  const { variables, drop } = await engine.open();
  const url = variables.DATABASE_URL ?? '';
  const proxy = await startFrozenProxy(url);
  const open = async () => ({
    variables: { DATABASE_URL: proxy.url },
    drop: async () => undefined,
  });
  try {
    await onStage({ name: engine.name, open, openEmpty: open }, (stage) => run(stage, proxy, url));
  } finally {
    await proxy.stop();
    await drop();
  }
}

/** For new sessions of a database; those that are open are cut. */
async function setReadOnly(url: string, isReadOnly: boolean): Promise<void> {
  await alterDatabase(url, `set default_transaction_read_only = ${isReadOnly}`);
  await cutConnections(url);
}

const statusOf = async (url: string, path: string) => (await fetch(`${url}${path}`)).status;

onPostgres((engine) => {
  describe('A relay whose open connections to the database hang', () => {
    it(
      'gives them up, and delivers every event that it acknowledges before, while and after',
      () =>
        behindProxy(engine, async ({ target, start }, proxy) => {
          const relay = await start();
          const accounts = Array.from({ length: 5 }, anAccount);
          for (const [number, account] of accounts.entries()) {
            await relay.subscribe(account, `${target.url}/hook-${number}`);
          }
          const load = startLoad([relay], accounts);
          await until('the load', () => load.acknowledged.length >= 50);
          proxy.freeze();
          const frozenAt = load.acknowledged.length;
          await until('more of it', () => load.acknowledged.length >= frozenAt + 200, 60);
          await load.end();
          expect(await statusOf(relay.url, '/readyz')).toBe(200);
          await relay.settled(accounts, RECOVERY_SECONDS);
          const arrived = countTasks(target.received);
          expect(load.acknowledged.filter((taskId) => !arrived.has(taskId))).toEqual([]);
          expect(await relay.stop()).toMatchObject({ code: 0 });
        }),
      TEST_MILLISECONDS,
    );

    it(
      'is not ready while no connection works, answers within its time, and stops within its own',
      () =>
        behindProxy(engine, async ({ target, start }, proxy) => {
          const relay = await start();
          const account = anAccount();
          await relay.subscribe(account, `${target.url}/hook`);
          proxy.hold(true);
          proxy.freeze();
          expect(await statusOf(relay.url, '/livez')).toBe(200);
          expect(await statusOf(relay.url, '/readyz')).toBe(503);
          expect(await relay.callback(account, bodyOf('task-1'))).toBe(false);
          const signalled = performance.now();
          await relay.stop();
          // What docs/relay.md promises.
          expect(performance.now() - signalled).toBeLessThan(45_000);
        }),
      TEST_MILLISECONDS,
    );
  });

  describe('A relay', () => {
    it(
      'whose database has become read-only is not ready, and is again when it can be written',
      () =>
        onStage(engine, async ({ start, variables }) => {
          const url = variables.DATABASE_URL ?? '';
          const relay = await start();
          await setReadOnly(url, true);
          await until('it to notice', async () => (await statusOf(relay.url, '/readyz')) === 503);
          expect(await relay.callback(anAccount(), bodyOf('task-1'))).toBe(false);
          await setReadOnly(url, false);
          await until('it to be ready', async () => (await statusOf(relay.url, '/readyz')) === 200);
        }),
      TEST_MILLISECONDS,
    );

    it(
      'that cannot deliver says so: in its metrics at once, and by not being ready after a while',
      () =>
        onStage(engine, async ({ target, start, variables }) => {
          const url = variables.DATABASE_URL ?? '';
          const relay = await start();
          const account = anAccount();
          await relay.subscribe(account, `${target.url}/hook`);
          await query(url, 'alter table relay.target rename to target_of_somebody');
          expect(await relay.callback(account, bodyOf('task-1'))).toBe(true);
          await until('it to be heard', async () => {
            const metrics = await (await fetch(`${relay.url}/metrics`)).text();
            return /^relay_deliverer_failures_total [1-9]/m.test(metrics);
          });
          await until(
            'it to say so',
            async () => (await statusOf(relay.url, '/readyz')) === 503,
            60,
          );
          await query(url, 'alter table relay.target_of_somebody rename to target');
          await relay.settled([account], RECOVERY_SECONDS);
          expect(target.bodiesAt('/hook')).toEqual([bodyOf('task-1')]);
          await until('it to be ready', async () => (await statusOf(relay.url, '/readyz')) === 200);
        }),
      TEST_MILLISECONDS,
    );
  });
});
