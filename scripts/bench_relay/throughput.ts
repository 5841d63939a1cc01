import { countArrivals, isExactlyOnce, said, waitForArrivals } from './arrivals.ts';
import { callersOf, endsOf, subscribeAll } from './caller.ts';
import { percentile, sendLoad } from './load.ts';
import { out, times, whole } from './print.ts';
import { startProgram, startRelay, UNLIMITED } from './program.ts';
import { startTarget } from './target.ts';

/** How many events, jobs and requests are sent. */
export const EVENTS = 6_000;
export const CONCURRENCY = 64;
const PACED = { perSecond: 100, seconds: 15 };

/** Enough that no hook gets more than 25 events a second, the rate limit of a target. */
export const MANY_CONNECTIONS = 400;

/** What a relay does at full speed, and at a hundred events a second. */
export interface Throughput {
  /** In a second. */
  readonly acknowledged: number;
  readonly delivered: number;
  /** Milliseconds from callback to target, at a hundred events a second. */
  readonly p50: number;
  readonly p99: number;
  readonly isExactlyOnce: boolean;
}

export async function measureThroughput(environment: Record<string, string>): Promise<Throughput> {
  const callers = callersOf('many', MANY_CONNECTIONS);
  const target = await startTarget();
  const relay = await startRelay({ ...UNLIMITED, LOG_LEVEL: 'warn', ...environment });
  try {
    await subscribeAll(relay.address, callers, `${target.url}/hook`);
    const warming = endsOf(callers, 'warm', 500);
    await sendLoad(relay.address, warming.requests, { concurrency: CONCURRENCY });
    await waitForArrivals(target, warming.taskIds);

    target.reset();
    const flood = endsOf(callers, 'flood', EVENTS);
    const start = performance.now();
    const acks = await sendLoad(relay.address, flood.requests, { concurrency: CONCURRENCY });
    await waitForArrivals(target, flood.taskIds);
    const last = Math.max(...[...target.arrivals.values()].map(([first = Number.NaN]) => first));
    const delivered = (EVENTS * 1000) / (last - start);
    out(`    acknowledged ${whole(acks.perSecond)}/s (${times(acks.milliseconds)})`);
    out(`    delivered ${whole(delivered)}/s`);
    const floodCounts = countArrivals(target, flood.taskIds, acks.refused);
    out(`    ${said(floodCounts)}`);

    target.reset();
    const steady = endsOf(callers, 'steady', PACED.perSecond * PACED.seconds);
    const paced = await sendLoad(relay.address, steady.requests, {
      concurrency: CONCURRENCY,
      perSecond: PACED.perSecond,
    });
    await waitForArrivals(target, steady.taskIds);
    const latencies = steady.taskIds.map(
      (id, index) => (target.arrivals.get(id)?.[0] ?? Number.NaN) - (paced.sentAt[index] ?? 0),
    );
    out(`    at ${PACED.perSecond}/s from callback to target: ${times(latencies)}`);
    const pacedCounts = countArrivals(target, steady.taskIds, paced.refused);
    out(`    ${said(pacedCounts)}`);
    return {
      acknowledged: acks.perSecond,
      delivered,
      p50: percentile(latencies, 50),
      p99: percentile(latencies, 99),
      isExactlyOnce: isExactlyOnce(floodCounts) && isExactlyOnce(pacedCounts),
    };
  } finally {
    await relay.stop();
    await target.stop();
  }
}

/** @returns how many requests a second the bare route answers */
export async function measureBareRoute(): Promise<number> {
  const callers = callersOf('many', MANY_CONNECTIONS);
  const bare = await startProgram('scripts/bench_relay/bare_route.ts', {});
  const send = (name: string, amount: number) =>
    sendLoad(bare.address, endsOf(callers, name, amount).requests, { concurrency: CONCURRENCY });
  try {
    await send('warm', 500);
    const { perSecond, milliseconds } = await send('bare', EVENTS);
    out(`    acknowledged ${whole(perSecond)}/s (${times(milliseconds)})`);
    return perSecond;
  } finally {
    await bare.stop();
  }
}
