import { setTimeout as pause } from 'node:timers/promises';
import { type Counts, countArrivals, waitForArrivals } from './arrivals.ts';
import { ATTACKS, GREEDY } from './attacks.ts';
import { callerOf, subscribe } from './caller.ts';
import { percentile } from './load.ts';
import { startRelay } from './program.ts';
import { acknowledgedIds, type Sent, sendEnd } from './steady_load.ts';
import { startTarget } from './target.ts';

/** What the others get, and what the relay takes, while one attacks. */
export interface UnderAttack {
  readonly attack: string;
  /** Milliseconds from a callback of a quiet connection to its target. */
  readonly p50: number;
  readonly p99: number;
  /** The most megabytes that the relay had in memory. */
  readonly memory: number;
  /** Events of the one that attacks that were acknowledged. */
  readonly taken: number;
  /** Of the quiet connection's events. */
  readonly counts: Counts;
}

const QUIET = callerOf('bench-quiet');
const QUIET_EVENTS = 120;
const QUIET_PER_SECOND = 15;
/** By then the one that attacks has its hooks. */
const UNDER_WAY_MILLISECONDS = 5_000;
/** Longer than the first retries of a delivery are apart. */
const PATIENCE_SECONDS = 30;

async function measure(
  [name, attack]: (typeof ATTACKS)[number],
  environment: Record<string, string>,
): Promise<UnderAttack> {
  const target = await startTarget();
  const relay = await startRelay(environment);
  const over = new AbortController();
  try {
    await subscribe(relay.address, QUIET, `${target.url}/quiet`);
    await subscribe(relay.address, GREEDY, `${target.url}/one`);
    const attacking = attack(relay, target, over.signal);
    await pause(UNDER_WAY_MILLISECONDS);
    const sending: Promise<Sent>[] = [];
    let memory = 0;
    for (let number = 0; number < QUIET_EVENTS; number += 1) {
      sending.push(sendEnd(relay.address, QUIET, `quiet-${name}-${number}`));
      memory = Math.max(memory, await relay.memory());
      await pause(1000 / QUIET_PER_SECOND);
    }
    const events = await Promise.all(sending);
    await pause(2_000);
    over.abort();
    const taken = await attacking;
    const taskIds = acknowledgedIds(events);
    await waitForArrivals(target, taskIds, { patience: PATIENCE_SECONDS });
    const delays = events.flatMap(({ taskId, sentAt }) => {
      const arrivedAt = target.arrivals.get(taskId)?.[0];
      return arrivedAt === undefined ? [] : arrivedAt - sentAt;
    });
    return {
      attack: name,
      p50: percentile(delays, 50),
      p99: percentile(delays, 99),
      memory,
      taken,
      counts: countArrivals(target, taskIds, events.length - taskIds.length),
    };
  } finally {
    over.abort();
    await relay.stop();
    await target.stop();
  }
}

/**
 * Each attack on a relay of its own.
 * @param environmentOf the name of an attack: names an empty database
 */
export async function measureAttacks(
  environmentOf: (name: string) => Promise<Record<string, string>>,
): Promise<UnderAttack[]> {
  const figures: UnderAttack[] = [];
  for (const attack of ATTACKS) {
    figures.push(await measure(attack, await environmentOf(attack[0])));
  }
  return figures;
}
