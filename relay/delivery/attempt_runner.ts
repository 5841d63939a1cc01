import { setTimeout as pause } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { inTime } from '../../errors/in_time.ts';
import { CountByName } from '../count_by_name.ts';
import type { Database } from '../database.ts';
import type { Metrics } from '../metrics.ts';
import { attempt, type Outcome } from './attempt.ts';
import { ageOf, type DueDelivery } from './due_deliveries.ts';
import { recordOutcomes } from './record_outcomes.ts';

/** How long a batch waits for an answer. A slower target must not delay the others of the batch. */
const BATCH_WAIT_MILLISECONDS = 250;

/**
 * Concurrent attempts at one target: one second's worth (25) that wait for their slots, and two
 * seconds' worth that wait for answers. All Zaps share one host, so a target that never answers must
 * not use up all connections to it.
 */
export const MAX_CONCURRENT_ATTEMPTS = 75;

/** The same of one connection, whose targets may all hang: a fraction of the sockets to a host. */
export const MAX_ATTEMPTS_OF_CONNECTION = 150;

/** Runs attempts without letting a slow target block a batch. */
export interface AttemptRunner {
  /** Whether its target, or its connection, has as many attempts running as it may have. */
  isAtLimit(due: Pick<DueDelivery, 'target_url' | 'connection'>): boolean;
  /**
   * Makes one attempt.
   * @param wait milliseconds until its slot
   * @returns undefined when the target is slow; the outcome is then recorded when it is known
   */
  attempt(due: DueDelivery, wait: number): Promise<Outcome | undefined>;
  /** The deliveries whose attempts go on although their batches no longer wait for them. */
  inFlight(): string[];
  /** Resolves when no attempt is running and all outcomes are recorded. */
  idle(): Promise<void>;
}

export function createAttemptRunner(
  database: Database,
  dispatcher: Dispatcher,
  metrics: Metrics,
  batchWait = BATCH_WAIT_MILLISECONDS,
): AttemptRunner {
  const background = new Set<Promise<void>>();
  const inFlight = new Set<string>();
  const running = new CountByName();
  const ofConnection = new CountByName();
  /** Attempts of each target that go on after their batch has stopped waiting. */
  const slow = new CountByName();

  async function attemptAtSlot(due: DueDelivery, wait: number): Promise<Outcome> {
    running.add(due.target_url, 1);
    ofConnection.add(due.connection, 1);
    try {
      if (wait > 0) {
        await pause(wait);
      }
      return await attempt(dispatcher, due);
    } finally {
      running.add(due.target_url, -1);
      ofConnection.add(due.connection, -1);
    }
  }

  /** Lets an attempt finish in the background and records its outcome. */
  function recordWhenFinished(due: DueDelivery, attempting: Promise<Outcome>): void {
    slow.add(due.target_url, 1);
    inFlight.add(due.id);
    const recording = attempting
      .finally(() => inFlight.delete(due.id))
      .then(async (outcome) => {
        metrics.attempted(outcome.kind, ageOf(due));
        await recordOutcomes(database, [{ due, outcome }]);
      })
      // An outcome that cannot be recorded is retried: rather delivered twice than never.
      .catch(() => undefined)
      .finally(() => {
        slow.add(due.target_url, -1);
        background.delete(recording);
      });
    background.add(recording);
  }

  return {
    isAtLimit: ({ target_url, connection }) =>
      running.of(target_url) >= MAX_CONCURRENT_ATTEMPTS ||
      ofConnection.of(connection) >= MAX_ATTEMPTS_OF_CONNECTION,
    async attempt(due, wait) {
      const attempting = attemptAtSlot(due, wait);
      const waitMilliseconds = slow.of(due.target_url) > 0 ? 0 : batchWait;
      const outcome = await inTime(waitMilliseconds, attempting, () => undefined);
      if (outcome) {
        metrics.attempted(outcome.kind, ageOf(due));
      } else {
        recordWhenFinished(due, attempting);
      }
      return outcome;
    },
    inFlight: () => [...inFlight],
    async idle() {
      await Promise.all(background);
    },
  };
}
