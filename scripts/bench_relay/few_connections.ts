import { type Counts, countArrivals, waitForArrivals } from './arrivals.ts';
import { callersOf, endsOf, subscribeAll } from './caller.ts';
import { sendLoad } from './load.ts';
import { startRelay, UNLIMITED } from './program.ts';
import { startTarget } from './target.ts';
import { CONCURRENCY } from './throughput.ts';

/** What a relay acknowledges when its events are of few connections, each with one hook. */
export interface FewConnections {
  readonly connections: number;
  /** Acknowledged in a second; the deliveries, 25 a second to a hook, go on after that. */
  readonly perSecond: number;
  /** Milliseconds of each acknowledgement. */
  readonly milliseconds: readonly number[];
  readonly counts: Counts;
}

/** With one connection few enough that its hook has them all within a minute. */
const AMOUNTS = [
  { connections: 100, events: 3_000 },
  { connections: 10, events: 3_000 },
  { connections: 1, events: 1_000 },
];

export async function measureFewConnections(
  environment: Record<string, string>,
): Promise<FewConnections[]> {
  const target = await startTarget();
  const relay = await startRelay({ ...UNLIMITED, ...environment });
  const measure = async (name: string, connections: number, events: number) => {
    const callers = callersOf(name, connections);
    await subscribeAll(relay.address, callers, `${target.url}/${name}`);
    const { taskIds, requests } = endsOf(callers, name, events);
    const { perSecond, milliseconds, refused } = await sendLoad(relay.address, requests, {
      concurrency: CONCURRENCY,
    });
    await waitForArrivals(target, taskIds);
    return {
      connections,
      perSecond,
      milliseconds,
      counts: countArrivals(target, taskIds, refused),
    };
  };
  try {
    await measure('few-warm', 100, 1_000);
    const figures: FewConnections[] = [];
    for (const { connections, events } of AMOUNTS) {
      figures.push(await measure(`few-${connections}`, connections, events));
    }
    return figures.toReversed();
  } finally {
    await relay.stop();
    await target.stop();
  }
}
