import { setTimeout as pause } from 'node:timers/promises';
import { whole } from './print.ts';
import type { Target } from './target.ts';

/** What became of events. */
export interface Counts {
  /** That were to be delivered once each. */
  readonly events: number;
  /** Answers other than 200. */
  readonly refused: number;
  readonly lost: number;
  /** That arrived more than once. */
  readonly repeated: number;
}

/**
 * Waits until all have arrived.
 * @param patience seconds without an arrival after which it gives up
 * @param since arrivals before this moment do not count
 */
export async function waitForArrivals(
  target: Target,
  taskIds: readonly string[],
  { patience = 10, since = 0 } = {},
): Promise<void> {
  const isThere = (id: string) => (target.arrivals.get(id)?.at(-1) ?? -1) >= since;
  let missing = taskIds.filter((id) => !isThere(id));
  for (let idle = 0; missing.length > 0 && idle < patience * 10; ) {
    await pause(100);
    const left = missing.filter((id) => !isThere(id));
    idle = left.length === missing.length ? idle + 1 : 0;
    missing = left;
  }
  // Time for a duplicate delivery to show.
  await pause(1_000);
}

export function countArrivals(target: Target, taskIds: readonly string[], refused: number): Counts {
  const times = taskIds.map((id) => target.arrivals.get(id)?.length ?? 0);
  return {
    events: taskIds.length,
    refused,
    lost: times.filter((amount) => amount === 0).length,
    repeated: times.filter((amount) => amount > 1).length,
  };
}

export const said = ({ events, refused, lost, repeated }: Counts): string =>
  `${whole(events)} events: ${whole(refused)} refused, ${whole(lost)} lost, ${whole(repeated)} arrived twice`;

/** Where nothing fails. */
export const isExactlyOnce = ({ refused, lost, repeated }: Counts): boolean =>
  refused === 0 && lost === 0 && repeated === 0;
