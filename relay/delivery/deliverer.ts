import { setTimeout as pause } from 'node:timers/promises';
import type { Job, JobResult } from 'pg-boss';
import type { Dispatcher } from 'undici';
import type { Database } from '../database.ts';
import type { Metrics } from '../metrics.ts';
import { DEAD_LETTER, DELIVER } from '../queues.ts';
import { type DeliverData, deliverData, deliverJob } from '../store/enqueue.ts';
import type { Outcome } from './attempt.ts';
import { createAttemptRunner } from './attempt_runner.ts';
import { type DueDelivery, readDueDeliveries } from './due_deliveries.ts';
import {
  type AttemptResult,
  markInFlight,
  RENEW_MILLISECONDS,
  recordOutcomes,
} from './record_outcomes.ts';
import { type BatchReport, reported } from './reported.ts';
import { reserveSlots } from './slots.ts';

/** A batch waits this long for a slot; for a later one the job goes back to the queue. */
const MAX_SLOT_WAIT_MILLISECONDS = 1_000;

/** Also the jobs of one connection that run at a time, so that it never has all workers to itself. */
const BATCH_SIZE = 50;

/** A backlog of which nothing can be tried now must not take the database's time from others. */
const BLOCKED_MILLISECONDS = 100;

/** Re-reserve a slot missed by more than this, or the backlog goes out in one burst. */
const MISSED_SLOT_MILLISECONDS = 2_000;

/** A target that has answered 429 for this long is given up, like one that fails. */
const MAX_BUSY_SECONDS = 36 * 3600;

/** What pg-boss does with a job: finish it, retry it by its own rules, or run a new one later. */
type JobOutcome =
  | { readonly status: JobResult['status'] }
  | {
      readonly status: 'completed';
      readonly next: DeliverData;
      readonly afterSeconds: number;
    };

const DONE: JobOutcome = { status: 'completed' };

export interface Deliverer {
  /** Takes no more jobs, and resolves when running attempts are finished and recorded. */
  stop(): Promise<void>;
}

/** Starts delivering. */
export async function startDeliverer(
  database: Database,
  dispatcher: Dispatcher,
  metrics: Metrics,
  report: BatchReport,
): Promise<Deliverer> {
  const runner = createAttemptRunner(database, dispatcher, metrics);

  /** While the outcome is unknown the job counts as failed: its retry covers a crash. */
  const jobOutcomeOf = (due: DueDelivery, outcome: Outcome | undefined): JobOutcome => {
    if (!outcome || outcome.kind === 'failed') {
      return { status: 'failed' };
    }
    if (outcome.kind !== 'busy') {
      return DONE;
    }
    return due.retrying_seconds > MAX_BUSY_SECONDS
      ? { status: 'deadletter' }
      : {
          status: 'completed',
          next: { delivery: due.id },
          afterSeconds: outcome.seconds,
        };
  };

  /** Whether no attempt may start now; pg-boss then retries the job, later each time. */
  const isBlocked = (due: DueDelivery): boolean => due.is_in_flight || runner.isAtLimit(due);

  async function deliverOne(
    due: DueDelivery,
    slot: number | undefined,
    results: AttemptResult[],
    inFlight: string[],
  ): Promise<JobOutcome> {
    if (slot === undefined || isBlocked(due)) {
      return { status: 'failed' };
    }
    const wait = Math.max(due.wait, slot - due.now);
    if (wait > MAX_SLOT_WAIT_MILLISECONDS) {
      return {
        status: 'completed',
        next: { delivery: due.id, slot },
        afterSeconds: (wait - MAX_SLOT_WAIT_MILLISECONDS) / 1000,
      };
    }
    const outcome = await runner.attempt(due, wait);
    if (outcome) {
      results.push({ due, outcome });
    } else {
      inFlight.push(due.id);
    }
    return jobOutcomeOf(due, outcome);
  }

  async function deliver(batch: Job<unknown>[]): Promise<JobResult[]> {
    const jobs = batch.map(({ id, data }) => ({ id, ...deliverData.parse(data) }));
    const dues = await readDueDeliveries(
      database,
      jobs.map(({ delivery }) => delivery),
    );
    if (dues.size === BATCH_SIZE && [...dues.values()].every(isBlocked)) {
      await pause(BLOCKED_MILLISECONDS);
    }
    const slotOf = ({ delivery, slot }: DeliverData): number | undefined => {
      const now = dues.get(delivery)?.now ?? 0;
      return slot !== undefined && slot > now - MISSED_SLOT_MILLISECONDS ? slot : undefined;
    };
    const slots = await reserveSlots(
      database,
      jobs.flatMap((job) => {
        const due = dues.get(job.delivery);
        return due && !isBlocked(due) && slotOf(job) === undefined ? due.target_url : [];
      }),
    );
    const results: AttemptResult[] = [];
    const inFlight: string[] = [];
    const outcomes = await Promise.all(
      jobs.map(async (job) => {
        const due = dues.get(job.delivery);
        return due
          ? deliverOne(due, slotOf(job) ?? slots.get(due.target_url)?.shift(), results, inFlight)
          : DONE;
      }),
    );
    await recordOutcomes(database, results);
    await markInFlight(database, inFlight);
    const nextJobs = jobs.flatMap(({ delivery, priority = 0 }, index) => {
      const outcome = outcomes[index];
      const due = dues.get(delivery);
      return due && outcome && 'next' in outcome
        ? {
            ...deliverJob({ ...outcome.next, priority }, due.connection),
            startAfter: outcome.afterSeconds,
          }
        : [];
    });
    if (nextJobs.length > 0) {
      await database.boss.insert(DELIVER, nextJobs);
    }
    return jobs.map(({ id }, index) => ({
      id,
      status: outcomes[index]?.status ?? 'failed',
    }));
  }

  /** pg-boss moves a job here when it has no retries left. */
  async function markDeadLetters(jobs: Job<unknown>[]): Promise<void> {
    const ids = jobs.map(({ data }) => deliverData.parse(data).delivery);
    await database.run(
      `update relay.delivery set state = 'dead', settled_at = now()
       where id = any($1::bigint[]) and state = 'waiting'`,
      [ids],
    );
    metrics.deadLettered(ids.length);
  }

  const renewing = setInterval(() => {
    // Without it another relay may try as well: rather twice than never.
    void markInFlight(database, runner.inFlight()).catch(() => undefined);
  }, RENEW_MILLISECONDS).unref();

  const { boss } = database;
  await boss.work(
    DELIVER,
    {
      batchSize: BATCH_SIZE,
      groupConcurrency: BATCH_SIZE,
      localConcurrency: database.workers,
      perJobResults: true,
      burstWhenBatchFull: true,
      pollingIntervalSeconds: 1,
      // Only new deliveries send a notification; retries are found by polling.
      notifyPollingIntervalSeconds: 1,
    },
    reported(deliver, report),
  );
  await boss.work(DEAD_LETTER, { batchSize: 100 }, reported(markDeadLetters, report));

  return {
    async stop() {
      await Promise.all([
        boss.offWork(DELIVER, { wait: true }),
        boss.offWork(DEAD_LETTER, { wait: true }),
      ]);
      await runner.idle();
      clearInterval(renewing);
    },
  };
}
