import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';

/** One POST of the load. */
export interface LoadRequest {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export interface LoadResult {
  /** Milliseconds from each request to its response. */
  readonly milliseconds: readonly number[];
  readonly perSecond: number;
  /** When each request was sent, by `performance.now()`. */
  readonly sentAt: readonly number[];
  /** Responses other than 200. */
  readonly refused: number;
}

/**
 * Sends all requests.
 * @param concurrency how many are in flight at most when there is no rate
 * @param perSecond the rate, spread evenly; undefined for as fast as responses come
 */
export async function sendLoad(
  origin: string,
  requests: readonly LoadRequest[],
  { concurrency, perSecond }: { concurrency: number; perSecond?: number },
): Promise<LoadResult> {
  const pool = new Pool(origin, { connections: concurrency, pipelining: 1 });
  const milliseconds: number[] = [];
  const sentAt: number[] = [];
  let refused = 0;
  const start = performance.now();
  const send = async (index: number, request: LoadRequest) => {
    const sent = performance.now();
    sentAt[index] = sent;
    const { statusCode, body } = await pool.request({ method: 'POST', ...request });
    await body.dump();
    milliseconds.push(performance.now() - sent);
    refused += statusCode === 200 ? 0 : 1;
  };
  if (perSecond === undefined) {
    let next = 0;
    const sender = async () => {
      for (let index = next++; index < requests.length; index = next++) {
        const request = requests[index];
        if (request) {
          await send(index, request);
        }
      }
    };
    await Promise.all(Array.from({ length: concurrency }, sender));
  } else {
    const inFlight: Promise<void>[] = [];
    for (const [index, request] of requests.entries()) {
      const untilDue = start + (index * 1000) / perSecond - performance.now();
      if (untilDue > 1) {
        await pause(untilDue);
      }
      inFlight.push(send(index, request));
    }
    await Promise.all(inFlight);
  }
  const seconds = (performance.now() - start) / 1000;
  await pool.close();
  return { milliseconds, perSecond: requests.length / seconds, sentAt, refused };
}

/** The value that this percentage of the values does not exceed (nearest rank). */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}
