import { bodyOf } from '../../support/bodies.ts';
import { onPostgres } from '../../support/engines.ts';
import { countTasks, startLoad } from '../../support/load.ts';
import { alterDatabase, cutConnections } from '../../support/postgres.ts';
import { anAccount } from '../../support/relay.ts';
import { onStage } from '../../support/relay_process.ts';
import { until } from '../../support/until.ts';

/** The longest pause until pg-boss retries a job whose end it could not record. */
const RECOVERY_SECONDS = 300;
const TEST_MILLISECONDS = 600_000;

/** Refuses or allows connections to a database. */
async function lockOut(url: string, isAway: boolean): Promise<void> {
  await alterDatabase(url, `allow_connections ${!isAway}`);
  if (isAway) {
    await cutConnections(url);
  }
}

onPostgres((engine) => {
  describe('A relay whose database', () => {
    it(
      'drops all connections again and again still delivers every acknowledged event',
      () =>
        onStage(engine, async ({ target, start, variables }) => {
          const relay = await start();
          const accounts = Array.from({ length: 20 }, anAccount);
          for (const [number, account] of accounts.entries()) {
            await relay.subscribe(account, `${target.url}/hook-${number}`);
          }
          const load = startLoad([relay], accounts);
          for (let times = 1; times <= 5; times += 1) {
            await until('more load', () => load.acknowledged.length >= times * 60);
            await cutConnections(variables.DATABASE_URL ?? '');
          }
          await until('the load after that', () => load.acknowledged.length >= 400);
          await load.end();
          await relay.settled(accounts, RECOVERY_SECONDS);
          const arrived = countTasks(target.received);
          expect(load.acknowledged.filter((taskId) => !arrived.has(taskId))).toEqual([]);
          expect(await relay.stop()).toMatchObject({ code: 0 });
        }),
      TEST_MILLISECONDS,
    );

    it(
      'is away acknowledges nothing, is not ready, and works again once it is back',
      () =>
        onStage(engine, async ({ target, start, variables }) => {
          const url = variables.DATABASE_URL ?? '';
          const relay = await start();
          const account = anAccount();
          await relay.subscribe(account, `${target.url}/hook`);
          await lockOut(url, true);
          expect(await relay.callback(account, bodyOf('task-1'))).toBe(false);
          expect((await fetch(`${relay.url}/livez`)).status).toBe(200);
          expect((await fetch(`${relay.url}/readyz`)).status).toBe(503);
          const figures = await fetch(`${relay.url}/metrics`);
          expect(figures.status).toBe(200);
          expect(await figures.text()).toMatch(/^relay_deliveries_waiting nan$/im);

          await lockOut(url, false);
          await until('it to be ready', async () => (await fetch(`${relay.url}/readyz`)).ok);
          expect(await relay.callback(account, bodyOf('task-1'))).toBe(true);
          await relay.settled([account], RECOVERY_SECONDS);
          expect(target.bodiesAt('/hook')).toEqual([bodyOf('task-1')]);
        }),
      TEST_MILLISECONDS,
    );

    it(
      'is away still stops on SIGTERM, without an error',
      () =>
        onStage(engine, async ({ start, variables }) => {
          const relay = await start();
          await lockOut(variables.DATABASE_URL ?? '', true);
          const { code, output } = await relay.stop();
          const [, , ...lines] = output.trimEnd().split('\n');
          expect({ code, lines }).toEqual({ code: 0, lines: [] });
          await lockOut(variables.DATABASE_URL ?? '', false);
        }),
      TEST_MILLISECONDS,
    );
  });
});
