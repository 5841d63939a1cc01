import type { Job, JobResult } from 'pg-boss';
import type { Dispatcher } from 'undici';
import * as zod from 'zod';
import type { Database } from '../database.ts';
import type { Metrics } from '../metrics.ts';
import { DEAD_LETTER, DELIVER } from '../queues.ts';
import type { Outcome } from './attempt.ts';
import { type Due, readDue } from './due.ts';
import { holdBack, record, type Tried } from './record.ts';
import { reserveSlots } from './slots.ts';
import { createTrier } from './trier.ts';

/** A slot that is further away than this is waited for in the queue. */
const HELD_MILLISECONDS = 1_000;

/** A slot that was missed by more than this is reserved anew, or all that was missed came at once. */
const MISSED_MILLISECONDS = 2_000;

/** A target that has been busy for so long is given up like one that fails. */
const LONGEST_BUSY_SECONDS = 36 * 3600;

const jobData = zod.object({
  delivery: zod.string(),
  /** A slot that was reserved before, in epoch milliseconds of the database's clock. */
  slot: zod.number().optional(),
});
type JobData = zod.output<typeof jobData>;

/** What becomes of a job: an end, a try later by the engine's rules, or by a job of its own time. */
type Verdict =
  | { readonly status: JobResult['status'] }
  | { readonly status: 'completed'; readonly again: JobData; readonly afterSeconds: number };

const DONE: Verdict = { status: 'completed' };

export interface Deliverer {
  /** Takes no more jobs, and is back when all attempts are over and written down. */
  stop(): Promise<void>;
}

/** Starts delivering. */
export async function startDeliverer(
  database: Database,
  dispatcher: Dispatcher,
  metrics: Metrics,
): Promise<Deliverer> {
  const trier = createTrier(database, dispatcher, metrics);

  /** What the engine is to do after a try. Without an outcome yet, its next try is the safety net. */
  const verdictOf = (due: Due, outcome: Outcome | undefined): Verdict => {
    if (!outcome || outcome.kind === 'failed') {
      return { status: 'failed' };
    }
    if (outcome.kind !== 'busy') {
      return DONE;
    }
    return due.tried_seconds > LONGEST_BUSY_SECONDS
      ? { status: 'deadletter' }
      : {
          status: 'completed',
          again: { delivery: due.id },
          afterSeconds: outcome.seconds,
        };
  };

  /** Its attempt, or too many at its target, are left to end; the engine comes back, later each time. */
  const isHeldUp = (due: Due): boolean => due.is_tried || trier.isCrowded(due.target_url);

  async function deliverOne(
    due: Due,
    slot: number | undefined,
    tried: Tried[],
    late: string[],
  ): Promise<Verdict> {
    if (slot === undefined || isHeldUp(due)) {
      return { status: 'failed' };
    }
    const wait = Math.max(due.wait, slot - due.now);
    if (wait > HELD_MILLISECONDS) {
      return {
        status: 'completed',
        again: { delivery: due.id, slot },
        afterSeconds: (wait - HELD_MILLISECONDS) / 1000,
      };
    }
    const outcome = await trier.attempt(due, wait);
    if (outcome) {
      tried.push({ due, outcome });
    } else {
      late.push(due.id);
    }
    return verdictOf(due, outcome);
  }

  async function deliver(jobs: Job<unknown>[]): Promise<JobResult[]> {
    const orders = jobs.map(({ id, data }) => ({ id, ...jobData.parse(data) }));
    const dues = await readDue(
      database,
      orders.map(({ delivery }) => delivery),
    );
    const slotOf = ({ delivery, slot }: JobData): number | undefined => {
      const now = dues.get(delivery)?.now ?? 0;
      return slot !== undefined && slot > now - MISSED_MILLISECONDS ? slot : undefined;
    };
    const slots = await reserveSlots(
      database,
      orders.flatMap((order) => {
        const due = dues.get(order.delivery);
        return due && !isHeldUp(due) && slotOf(order) === undefined ? due.target_url : [];
      }),
    );
    const tried: Tried[] = [];
    const late: string[] = [];
    const verdicts = await Promise.all(
      orders.map(async (order) => {
        const due = dues.get(order.delivery);
        return due
          ? deliverOne(due, slotOf(order) ?? slots.get(due.target_url)?.shift(), tried, late)
          : DONE;
      }),
    );
    await record(database, tried);
    await holdBack(database, late);
    const later = verdicts.flatMap((verdict) =>
      'again' in verdict ? { data: verdict.again, startAfter: verdict.afterSeconds } : [],
    );
    if (later.length > 0) {
      await database.boss.insert(DELIVER, later);
    }
    return orders.map(({ id }, index) => ({
      id,
      status: verdicts[index]?.status ?? 'failed',
    }));
  }

  /** The engine has used up all tries. */
  async function bury(jobs: Job<unknown>[]): Promise<void> {
    const ids = jobs.map(({ data }) => jobData.parse(data).delivery);
    await database.run(
      `update relay.delivery set state = 'dead', settled_at = now()
       where id = any($1::bigint[]) and state = 'waiting'`,
      [ids],
    );
    metrics.deadLettered(ids.length);
  }

  const { boss } = database;
  await boss.work(
    DELIVER,
    {
      batchSize: 50,
      localConcurrency: database.workers,
      perJobResults: true,
      burstWhenBatchFull: true,
      pollingIntervalSeconds: 1,
      // Tries again are found by polling; only new deliveries knock.
      notifyPollingIntervalSeconds: 1,
    },
    deliver,
  );
  await boss.work(DEAD_LETTER, { batchSize: 100 }, bury);

  return {
    async stop() {
      await Promise.all([
        boss.offWork(DELIVER, { wait: true }),
        boss.offWork(DEAD_LETTER, { wait: true }),
      ]);
      await trier.idle();
    },
  };
}
