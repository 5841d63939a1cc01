import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';

/** One POST of the load. */
export interface Shot {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export interface Shots {
  /** Milliseconds from each request to its answer. */
  readonly milliseconds: readonly number[];
  readonly perSecond: number;
  /** When each was sent, by `performance.now()`. */
  readonly sentAt: readonly number[];
  readonly refused: number;
}

/**
 * Fires all shots.
 * @param together how many wait for their answers at the same time
 * @param perSecond spread evenly; undefined for as fast as answers come
 */
export async function fire(
  origin: string,
  shots: readonly Shot[],
  { together, perSecond }: { together: number; perSecond?: number },
): Promise<Shots> {
  const pool = new Pool(origin, { connections: together, pipelining: 1 });
  const milliseconds: number[] = [];
  const sentAt: number[] = [];
  let refused = 0;
  const start = performance.now();
  const one = async (index: number, shot: Shot) => {
    const sent = performance.now();
    sentAt[index] = sent;
    const { statusCode, body } = await pool.request({ method: 'POST', ...shot });
    await body.dump();
    milliseconds.push(performance.now() - sent);
    refused += statusCode === 200 ? 0 : 1;
  };
  if (perSecond === undefined) {
    let next = 0;
    const gunner = async () => {
      for (let index = next++; index < shots.length; index = next++) {
        const shot = shots[index];
        if (shot) {
          await one(index, shot);
        }
      }
    };
    await Promise.all(Array.from({ length: together }, gunner));
  } else {
    const flying: Promise<void>[] = [];
    for (const [index, shot] of shots.entries()) {
      const early = start + (index * 1000) / perSecond - performance.now();
      if (early > 1) {
        await pause(early);
      }
      flying.push(one(index, shot));
    }
    await Promise.all(flying);
  }
  const seconds = (performance.now() - start) / 1000;
  await pool.close();
  return { milliseconds, perSecond: shots.length / seconds, sentAt, refused };
}

/** A value that so many percent of the values do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}
