import { setTimeout as pause } from 'node:timers/promises';
import { startFrozenProxy } from '../../sandbox/relay/frozen_proxy.ts';
import { type Counts, countArrivals, waitForArrivals } from './arrivals.ts';
import { callersOf, subscribeAll } from './caller.ts';
import { startRelay } from './program.ts';
import { acknowledgedIds, firstAfter, startSteadyLoad } from './steady_load.ts';
import { startTarget } from './target.ts';

/** A relay whose open connections to the database hang, while new ones work; milliseconds from then. */
export interface AfterHang {
  /** Until the first event that was sent after it is acknowledged and delivered. */
  readonly firstEvent: number;
  /** From then on every event is acknowledged and delivered within a second of being sent. */
  readonly asUsual: number;
  readonly counts: Counts;
}

const PER_SECOND = 25;
const BEFORE_MILLISECONDS = 3_000;
const AFTER_MILLISECONDS = 45_000;
const AS_USUAL_MILLISECONDS = 1_000;
/** Longer than the retries are apart of a delivery whose outcome is not known. */
const PATIENCE_SECONDS = 240;

export async function measureHang(databaseUrl: string): Promise<AfterHang> {
  const target = await startTarget();
  const proxy = await startFrozenProxy(databaseUrl);
  const relay = await startRelay({ DATABASE_URL: proxy.url });
  try {
    const callers = callersOf('hang', 20);
    await subscribeAll(relay.address, callers, `${target.url}/database`);
    const load = startSteadyLoad(() => relay.address, callers, {
      name: 'hang',
      perSecond: PER_SECOND,
    });
    await pause(BEFORE_MILLISECONDS);
    const hungAt = performance.now();
    proxy.freeze();
    await pause(AFTER_MILLISECONDS);
    await load.end();
    const taskIds = acknowledgedIds(load.events);
    await waitForArrivals(target, taskIds, { patience: PATIENCE_SECONDS });
    const late = load.events.filter(({ taskId, sentAt, acknowledgedAt = Number.NaN }) => {
      const arrivedAt = target.arrivals.get(taskId)?.[0] ?? Number.NaN;
      return !(Math.max(acknowledgedAt, arrivedAt) - sentAt <= AS_USUAL_MILLISECONDS);
    });
    return {
      firstEvent: firstAfter(hungAt, load.events, target),
      asUsual: Math.max(0, ...late.map(({ sentAt }) => sentAt - hungAt)),
      counts: countArrivals(target, taskIds, 0),
    };
  } finally {
    await relay.stop();
    await proxy.stop();
    await target.stop();
  }
}
