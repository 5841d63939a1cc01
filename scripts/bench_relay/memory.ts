import { setTimeout as pause } from 'node:timers/promises';
import { type Counts, countArrivals, waitForArrivals } from './arrivals.ts';
import { callersOf, endsOf, subscribeAll } from './caller.ts';
import { sendLoad } from './load.ts';
import { startRelay, UNLIMITED } from './program.ts';
import { startTarget } from './target.ts';
import { CONCURRENCY, MANY_CONNECTIONS } from './throughput.ts';

/** Megabytes that one relay has in memory. */
export interface Memory {
  readonly atRest: number;
  readonly atMost: number;
  /** Some seconds after the last delivery. */
  readonly afterwards: number;
  readonly counts: Counts;
}

const EVENTS = 60_000;
const LOOK_MILLISECONDS = 250;
const REST_MILLISECONDS = 3_000;

/** Before, while and after a relay gets events at full speed. */
export async function measureMemory(environment: Record<string, string>): Promise<Memory> {
  const target = await startTarget();
  const relay = await startRelay({ ...UNLIMITED, ...environment });
  try {
    await pause(REST_MILLISECONDS);
    const atRest = await relay.memory();
    const callers = callersOf('memory', MANY_CONNECTIONS);
    await subscribeAll(relay.address, callers, `${target.url}/memory`);
    const { taskIds, requests } = endsOf(callers, 'memory', EVENTS);
    let atMost = atRest;
    const looking = setInterval(async () => {
      atMost = Math.max(atMost, await relay.memory());
    }, LOOK_MILLISECONDS);
    const { refused } = await sendLoad(relay.address, requests, { concurrency: CONCURRENCY });
    await waitForArrivals(target, taskIds);
    await pause(REST_MILLISECONDS);
    clearInterval(looking);
    const afterwards = await relay.memory();
    return { atRest, atMost, afterwards, counts: countArrivals(target, taskIds, refused) };
  } finally {
    await relay.stop();
    await target.stop();
  }
}
