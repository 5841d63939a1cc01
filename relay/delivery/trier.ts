import { setTimeout as pause } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { Database } from '../database.ts';
import type { Metrics } from '../metrics.ts';
import { attempt, type Outcome } from './attempt.ts';
import { ageOf, type Due } from './due.ts';
import { record } from './record.ts';

/** How long a batch waits for a target to answer. A target that takes longer holds up nobody else. */
const PATIENCE_MILLISECONDS = 250;

/**
 * Attempts at one target at the same time: those of a second that wait for their slots, and of two
 * seconds that it may take to answer. All Zaps are behind one host, so one that never answers must
 * not take all connections to it.
 */
export const MOST_TOGETHER = 75;

/** Makes attempts, and waits for none longer than a batch can. */
export interface Trier {
  /** So many attempts at this target are going on that another one has to wait. */
  isCrowded(url: string): boolean;
  /**
   * Tries once.
   * @param wait milliseconds until its slot
   * @returns undefined when the target takes too long; the outcome is written down later then
   */
  attempt(due: Due, wait: number): Promise<Outcome | undefined>;
  /** Is back when all attempts are over and written down. */
  idle(): Promise<void>;
}

/** What is promised, or undefined when it takes longer. Aborting a pause would cost 0.1 ms more. */
const ifWithin = <Result>(milliseconds: number, promised: Promise<Result>) =>
  new Promise<Result | undefined>((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds, undefined);
    promised.then(resolve, reject).finally(() => clearTimeout(timer));
  });

/** How many there are of each. */
class Tally {
  readonly #counts = new Map<string, number>();

  of(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  add(name: string, by: 1 | -1): void {
    const count = this.of(name) + by;
    if (count > 0) {
      this.#counts.set(name, count);
    } else {
      this.#counts.delete(name);
    }
  }
}

export function createTrier(database: Database, dispatcher: Dispatcher, metrics: Metrics): Trier {
  const inFlight = new Set<Promise<void>>();
  const together = new Tally();
  /** Targets with attempts that a batch has stopped waiting for. */
  const overdue = new Tally();

  async function tryAtItsTime(due: Due, wait: number): Promise<Outcome> {
    together.add(due.target_url, 1);
    try {
      if (wait > 0) {
        await pause(wait);
      }
      return await attempt(dispatcher, due);
    } finally {
      together.add(due.target_url, -1);
    }
  }

  /** Lets an attempt end by itself. */
  function recordLater(due: Due, trying: Promise<Outcome>): void {
    overdue.add(due.target_url, 1);
    const late = trying
      .then(async (outcome) => {
        metrics.attempted(outcome.kind, ageOf(due));
        await record(database, [{ due, outcome }]);
      })
      // Then it is tried again: rather twice than never.
      .catch(() => undefined)
      .finally(() => {
        overdue.add(due.target_url, -1);
        inFlight.delete(late);
      });
    inFlight.add(late);
  }

  return {
    isCrowded: (url) => together.of(url) >= MOST_TOGETHER,
    async attempt(due, wait) {
      const trying = tryAtItsTime(due, wait);
      const patience = overdue.of(due.target_url) > 0 ? 0 : PATIENCE_MILLISECONDS;
      const outcome = await ifWithin(patience, trying);
      if (outcome) {
        metrics.attempted(outcome.kind, ageOf(due));
      } else {
        recordLater(due, trying);
      }
      return outcome;
    },
    async idle() {
      await Promise.all(inFlight);
    },
  };
}
