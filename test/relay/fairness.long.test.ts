import { bodyOf } from '../support/bodies.ts';
import { onPostgres } from '../support/engines.ts';
import { type Account, anAccount, startTestRelay, type TestRelay } from '../support/relay.ts';
import { startTarget, type TargetServer } from '../support/target_server.ts';
import { until } from '../support/until.ts';

const TEST_MILLISECONDS = 240_000;

/** Enough for a backlog that takes much longer than the events of somebody else. */
const HOOKS = 150;
const EVENTS = 80;
const QUIET_EVENTS = 40;

/** Subscribes many hooks for several connections, and then sends their events all at once. */
async function flood(relay: TestRelay, target: TargetServer, connections: number): Promise<void> {
  const greedy = Array.from({ length: connections }, anAccount);
  for (const account of greedy) {
    for (let number = 0; number < HOOKS; number += 1) {
      await relay.subscribe(account, `${target.url}/greedy?hook=${number}`);
    }
  }
  const events = Array.from({ length: EVENTS }, (_, number) => number);
  await Promise.all(
    greedy.flatMap((account) =>
      events.map((number) => relay.callback(account, bodyOf(`greedy-${number}`))),
    ),
  );
}

/** Events of a connection, one after the other, each of which arrives before the next is sent. */
async function sendOneByOne(relay: TestRelay, quiet: Account, target: TargetServer): Promise<void> {
  for (let number = 0; number < QUIET_EVENTS; number += 1) {
    await relay.callback(quiet, bodyOf(`quiet-${number}`));
    await until(
      'an event of the quiet connection',
      () => target.bodiesAt('/quiet').length === number + 1,
    );
  }
}

onPostgres((engine) => {
  let relay: TestRelay;
  let target: TargetServer;

  beforeEach(async () => {
    relay = await startTestRelay(engine);
    target = await startTarget();
  });

  afterEach(async () => {
    await relay.stop();
    await target.stop();
  });

  it.each([1, 4])(
    'a backlog of %i connections does not hold up another one',
    async (connections) => {
      const quiet = anAccount();
      await relay.subscribe(quiet, `${target.url}/quiet`);
      await flood(relay, target, connections);
      const before = target.bodiesAt('/greedy').length;
      const waiting = connections * HOOKS * EVENTS - before;
      await sendOneByOne(relay, quiet, target);

      // Judged by what else was done meanwhile and not by the clock of a busy machine.
      expect(target.bodiesAt('/greedy').length - before).toBeLessThan(waiting * 0.9);
    },
    TEST_MILLISECONDS,
  );

  it(
    'a connection whose targets never answer does not hold up another',
    async () => {
      const quiet = anAccount();
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      target.answer({ status: 200, held }, '/greedy');
      try {
        await relay.subscribe(quiet, `${target.url}/quiet`);
        await flood(relay, target, 1);
        await sendOneByOne(relay, quiet, target);
        expect(target.bodiesAt('/quiet')).toHaveLength(QUIET_EVENTS);
      } finally {
        release();
      }
    },
    TEST_MILLISECONDS,
  );
});
