import type { JobInsert, PgBoss } from 'pg-boss';
import * as zod from 'zod';
import type { Database, Sql } from '../database.ts';
import { DELIVER } from '../queues.ts';
import { createBacklog } from './backlog.ts';

/** A delivery that waits. */
export interface NewDelivery {
  readonly id: string;
  readonly connection: string;
}

/** What a job of the queue holds. */
export const deliverData = zod.object({
  delivery: zod.string(),
  /** A slot reserved earlier, in epoch milliseconds of the database's clock. */
  slot: zod.number().optional(),
  /** Kept when the job is postponed: one that has waited must not be overtaken by all that came later. */
  priority: zod.number().optional(),
});
export type DeliverData = zod.output<typeof deliverData>;

/**
 * A job, so that pg-boss shares the work out: those of a connection are a group, of which so many run
 * at a time, and those of a connection that has been given many come after those of others.
 */
export const deliverJob = (data: DeliverData, connection: string): JobInsert<DeliverData> => ({
  data,
  group: { id: connection },
  priority: data.priority ?? 0,
});

const backlogs = new WeakMap<PgBoss, ReturnType<typeof createBacklog>>();

function backlogOf({ boss }: Database) {
  const backlog = backlogs.get(boss) ?? createBacklog();
  backlogs.set(boss, backlog);
  return backlog;
}

/** Adds a pg-boss job for each delivery; they start once the transaction is committed. */
export async function enqueue(
  database: Database,
  sql: Sql,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  if (deliveries.length === 0) {
    return;
  }
  const backlog = backlogOf(database);
  const jobs = deliveries.map(({ id, connection }) => {
    backlog.add(connection);
    return deliverJob({ delivery: id, priority: backlog.priorityOf(connection) }, connection);
  });
  await database.boss.insert(DELIVER, jobs, { db: sql.queueDb });
}
