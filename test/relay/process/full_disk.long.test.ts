import { z as zod } from 'zod';
import { bodyOf } from '../../support/bodies.ts';
import { countTasks } from '../../support/load.ts';
import { query } from '../../support/postgres.ts';
import { anAccount } from '../../support/relay.ts';
import { onStage, type RelayProcess } from '../../support/relay_process.ts';
import {
  type SmallDiskPostgres,
  smallDiskProblem,
  startPostgresOnSmallDisk,
} from '../../support/small_disk.ts';
import { until } from '../../support/until.ts';

const TEST_MILLISECONDS = 600_000;
/** The longest pause until pg-boss retries a job whose end it could not record. */
const RECOVERY_SECONDS = 300;
/** What /readyz says of callbacks; that deliveries fail is another matter. */
const TAKES_NONE = ['database', 'callbacks'];
/** Longer than health remembers deliveries that failed. */
const READY_SECONDS = 120;

const readinessAnswer = zod.union([
  zod.object({ status: zod.literal('ok') }),
  zod.object({ error: zod.object({ code: zod.string() }) }),
]);

/** A relay with a few hooks, whose database has a disk of its own. */
interface Scene {
  readonly relay: RelayProcess;
  readonly disk: SmallDiskPostgres;
  /** Sends the end of a new task. @returns whether it was acknowledged */
  send(): Promise<boolean>;
  /** What /readyz says: 'ok', or the code of a problem. */
  readiness(): Promise<string>;
  /** Waits until nothing is left to deliver. @returns the tasks that were acknowledged and never arrived */
  lost(): Promise<string[]>;
}

async function onSmallDisk(run: (scene: Scene) => Promise<void>): Promise<void> {
  const disk = await startPostgresOnSmallDisk();
  const open = async () => ({ variables: { DATABASE_URL: disk.url }, drop: disk.stop });
  await onStage({ name: 'PostgreSQL', open, openEmpty: open }, async ({ target, start }) => {
    const relay = await start();
    const accounts = Array.from({ length: 5 }, anAccount);
    for (const [number, account] of accounts.entries()) {
      await relay.subscribe(account, `${target.url}/hook-${number}`);
    }
    const acknowledged: string[] = [];
    let sent = 0;
    await run({
      relay,
      disk,
      async send() {
        const taskId = `task-${sent++}`;
        const account = accounts[sent % accounts.length];
        const isAcknowledged =
          account !== undefined && (await relay.callback(account, bodyOf(taskId)));
        acknowledged.push(...(isAcknowledged ? [taskId] : []));
        return isAcknowledged;
      },
      async readiness() {
        const answer = readinessAnswer.parse(await (await fetch(`${relay.url}/readyz`)).json());
        return 'status' in answer ? answer.status : answer.error.code;
      },
      async lost() {
        await relay.settled(accounts, RECOVERY_SECONDS);
        const arrived = countTasks(target.received);
        return acknowledged.filter((taskId) => !arrived.has(taskId));
      },
    });
  });
}

/** Sends ends until so many in a row have been acknowledged. */
async function sendInARow({ send }: Scene, amount: number): Promise<void> {
  let inARow = 0;
  await until('acknowledgements', async () => {
    inARow = (await send()) ? inARow + 1 : 0;
    return inARow === amount;
  });
}

const afterThereIsRoom = async (scene: Scene): Promise<void> => {
  await scene.disk.empty();
  await sendInARow(scene, 50);
  await until('it to be ready', async () => (await scene.readiness()) === 'ok', READY_SECONDS);
  expect(await scene.lost()).toEqual([]);
  expect(await scene.relay.stop()).toMatchObject({ code: 0 });
};

const problem = smallDiskProblem();

describe('A relay whose database has no room left on its disk', () => {
  if (problem) {
    it.skip(`is not tested: ${problem}`, () => undefined);
    return;
  }

  it(
    'acknowledges nothing and is not ready; once there is room it is, and delivers all that it acknowledged',
    () =>
      onSmallDisk(async (scene) => {
        const { disk, send, readiness } = scene;
        // From now on the row that is written to find out has its place.
        expect(await readiness()).toBe('ok');
        await sendInARow(scene, 50);
        await until('a callback to be refused', async () => {
          await disk.fill();
          return !(await send());
        });
        await until('it not to be ready', async () => {
          await disk.fill();
          await send();
          return TAKES_NONE.includes(await readiness());
        });
        await afterThereIsRoom(scene);
      }),
    TEST_MILLISECONDS,
  );

  it(
    'not even for what it is about to write, so that it ends, is not ready; once there is room it is, and delivers all that it acknowledged',
    () =>
      onSmallDisk(async (scene) => {
        const { disk, send, readiness } = scene;
        await sendInARow(scene, 50);
        let hasEnded = false;
        // A session that lasts as long as the database.
        void query(disk.url, 'select pg_sleep(3600)').catch(() => {
          hasEnded = true;
        });
        await until('the database to end', async () => {
          await disk.fill();
          await send();
          await query(disk.url, 'select pg_switch_wal()').catch(() => undefined);
          return hasEnded;
        });
        await until('it not to be ready', async () => {
          await disk.fill();
          return TAKES_NONE.includes(await readiness());
        });
        await afterThereIsRoom(scene);
      }),
    TEST_MILLISECONDS,
  );
});
