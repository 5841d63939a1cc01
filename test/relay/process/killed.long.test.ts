import { bodyOf } from '../../support/bodies.ts';
import { type Engine, POSTGRESQL } from '../../support/engines.ts';
import { countTasks, startLoad } from '../../support/load.ts';
import { postgresUrl } from '../../support/postgres.ts';
import { type Account, anAccount } from '../../support/relay.ts';
import { onStage, PGLITE_FOLDER, type Stage } from '../../support/relay_process.ts';
import { until } from '../../support/until.ts';

/** Each test waits until the heartbeat of a dead relay is missed, so they run at the same time. */

const TIMES = 20;

/** The longest until a delivery of a dead relay is attempted again. */
const RECOVERY_SECONDS = 300;

const TEST_MILLISECONDS = 600_000;

const HELD = { status: 200, held: new Promise(() => undefined) };

interface Killed {
  readonly account: Account;
  readonly path: string;
  readonly body: string;
  /** How many arrivals were cut off by the kill. */
  readonly unanswered: number;
}

/**
 * Kills a relay after it acknowledged an event and before it delivered it, since the target does not
 * answer: by turns right after the acknowledgement and after the target was called.
 */
async function killOne({ target, start }: Stage, round: number): Promise<Killed> {
  const account = anAccount();
  const path = `/hook-${round}`;
  const body = bodyOf(`task-${round}`);
  target.answer(HELD, path);
  const relay = await start();
  await relay.subscribe(account, target.url + path);
  expect(await relay.callback(account, body)).toBe(true);
  if (round % 2 === 0) {
    await until('the delivery', () => target.bodiesAt(path).length > 0);
  }
  expect((await relay.kill()).code).toBeNull();
  const unanswered = target.bodiesAt(path).length;
  target.answer({ status: 200 }, path);
  return { account, path, body, unanswered };
}

async function killOften(engine: Engine): Promise<void> {
  await onStage(engine, async (stage) => {
    const killed: Killed[] = [];
    for (let round = 1; round <= TIMES; round += 1) {
      killed.push(await killOne(stage, round));
    }
    const relay = await stage.start();
    const accounts = killed.map(({ account }) => account);
    await relay.settled(accounts, RECOVERY_SECONDS);
    for (const { path, body, unanswered } of killed) {
      const bodies = stage.target.bodiesAt(path);
      expect(bodies.length).toBeGreaterThan(unanswered);
      expect(new Set(bodies)).toEqual(new Set([body]));
    }
  });
}

async function killOneOfTwo({ target, start }: Stage): Promise<void> {
  const [first, second] = [await start(), await start()];
  const accounts = Array.from({ length: 20 }, anAccount);
  for (const [number, account] of accounts.entries()) {
    await second.subscribe(account, `${target.url}/hook-${number}`);
  }
  const load = startLoad([first, second], accounts);
  await until('the load on both', () => load.acknowledged.length >= 200);
  await first.kill();
  const before = load.acknowledged.length;
  await until('the load on one', () => load.acknowledged.length >= before + 100);
  await load.end();
  await second.settled(accounts, RECOVERY_SECONDS);
  const arrived = countTasks(target.received);
  expect(load.acknowledged.filter((taskId) => !arrived.has(taskId))).toEqual([]);
}

describe(`A relay that is killed ${TIMES} times between acknowledgement and delivery`, () => {
  const delivers = 'delivers every acknowledged event after a restart';

  it.concurrent(`${delivers}, on PGlite`, () => killOften(PGLITE_FOLDER), TEST_MILLISECONDS);

  if (postgresUrl) {
    it.concurrent(`${delivers}, on PostgreSQL`, () => killOften(POSTGRESQL), TEST_MILLISECONDS);

    it.concurrent(
      'under load loses no acknowledged event, since a second relay delivers it',
      () => onStage(POSTGRESQL, killOneOfTwo),
      TEST_MILLISECONDS,
    );
  } else {
    it.skip('on PostgreSQL: RELAY_TEST_DATABASE_URL is not set; see scripts/with_postgres', () =>
      undefined);
  }
});
