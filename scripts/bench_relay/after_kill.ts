import { setTimeout as pause } from 'node:timers/promises';
import { type Counts, countArrivals, waitForArrivals } from './arrivals.ts';
import { type Caller, callersOf, subscribeAll } from './caller.ts';
import { startRelay } from './program.ts';
import { acknowledgedIds, firstAfter, type Sent, sendEnd, startSteadyLoad } from './steady_load.ts';
import { startTarget } from './target.ts';

/** A relay that is killed under light load, and started again at once; milliseconds from the kill. */
export interface AfterKill {
  /** Until the first event that was sent after it is delivered. */
  readonly firstEvent: number;
  /** Until each delivery that waited for its turn is made. */
  readonly waiting: readonly number[];
  /** Until each delivery that its target had got, and not answered, is made again. */
  readonly inFlight: readonly number[];
  readonly counts: Counts;
}

const PER_SECOND = 25;
const BEFORE_MILLISECONDS = 3_000;
const AFTER_MILLISECONDS = 5_000;
/** To targets that take two seconds to answer. */
const IN_FLIGHT = 20;
/** To one hook, which gets 25 a second. */
const WAITING = 75;
/** Longer than the retries are apart of a delivery whose outcome is not known. */
const PATIENCE_SECONDS = 240;

const sendAll = (relay: string, callers: readonly Caller[], name: string): Promise<Sent[]> =>
  Promise.all(callers.map((caller, number) => sendEnd(relay, caller, `${name}-${number}`)));

export async function measureKill(environment: Record<string, string>): Promise<AfterKill> {
  const target = await startTarget();
  let relay = await startRelay(environment);
  try {
    const callers = callersOf('kill', 20);
    const slow = callersOf('kill-slow', IN_FLIGHT);
    const busy = callersOf('kill-busy', 1);
    await subscribeAll(relay.address, callers, `${target.url}/kill`);
    await subscribeAll(relay.address, slow, `${target.url}/slow`);
    await subscribeAll(relay.address, busy, `${target.url}/busy`);
    const load = startSteadyLoad(() => relay.address, callers, {
      name: 'kill',
      perSecond: PER_SECOND,
    });
    await pause(BEFORE_MILLISECONDS);
    const backlog = Array.from({ length: WAITING }).flatMap(() => busy);
    // Some that their batch still waits for at the kill, and some that it does not.
    const special = [
      ...(await sendAll(relay.address, backlog, 'kill-busy')),
      ...(await sendAll(relay.address, slow.slice(IN_FLIGHT / 2), 'kill-slower')),
      ...(await pause(1_000, [])),
      ...(await sendAll(relay.address, slow.slice(0, IN_FLIGHT / 2), 'kill-slow')),
      ...(await pause(100, [])),
    ];
    const killedAt = performance.now();
    const atTarget = new Set(target.arrivals.keys());
    await relay.kill();
    relay = await startRelay(environment);
    await pause(AFTER_MILLISECONDS);
    await load.end();
    const taskIds = acknowledgedIds([...load.events, ...special]);
    const again = taskIds.filter((id) => id.startsWith('kill-slow') && atTarget.has(id));
    const waiting = taskIds.filter((id) => id.startsWith('kill-busy') && !atTarget.has(id));
    await waitForArrivals(target, taskIds, { patience: PATIENCE_SECONDS });
    await waitForArrivals(target, again, { patience: PATIENCE_SECONDS, since: killedAt });
    const madeAt = (id: string) =>
      (target.arrivals.get(id)?.find((time) => time > killedAt) ?? Number.NaN) - killedAt;
    return {
      firstEvent: firstAfter(killedAt, load.events, target),
      waiting: waiting.map(madeAt),
      inFlight: again.map(madeAt),
      counts: countArrivals(target, taskIds, 0),
    };
  } finally {
    await relay.stop();
    await target.stop();
  }
}
