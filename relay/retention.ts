import * as zod from 'zod';
import type { Database } from './database.ts';
import { deleteIdleTargets } from './delivery/slots.ts';
import { CLEANUP } from './queues.ts';
import { addToDaily, DAYS_OF_SUMS } from './store/daily.ts';

/** So few that a statement stays within its time. */
const BATCH_SIZE = 2_000;

const isExpired = `< now() - $1 * interval '1 day'`;

const DELETE_EVENTS = `
  with gone as (
    delete from relay.event where id in (
      select id from relay.event where received_at ${isExpired} limit ${BATCH_SIZE}
    ) returning connection, octet_length(body) as bytes
  ), counted as (
    insert into relay.connection (id, events, bytes)
    select connection, count(*), sum(bytes) from gone group by connection order by connection
    on conflict (id) do update set events = greatest(0, connection.events - excluded.events),
      bytes = greatest(0, connection.bytes - excluded.bytes)
  )
  select count(*)::integer as count from gone`;

/** Connections of which nothing was heard lapse, once nothing of them is left. */
const LAPSE = `
  delete from relay.connection where heard_at ${isExpired}
    and not exists (select from relay.hook where hook.connection = connection.id)
    and not exists (select from relay.event where event.connection = connection.id)`;

const countRow = zod.object({ count: zod.number() });

/** Of which nothing was heard for as long; what their days need of them stays. */
const DELETE_TASKS = `
  with gone as (
    delete from relay.task where id in (
      select id from relay.task where started_at ${isExpired} and updated_at ${isExpired}
      limit ${BATCH_SIZE}
    ) and updated_at ${isExpired} returning *
  ), summed_up as (${addToDaily('gone')})
  select count(*)::integer as count from gone`;

async function inBatches(database: Database, statement: string, days: number): Promise<void> {
  for (;;) {
    const [row] = await database.rows(countRow, statement, [days]);
    if (!row || row.count < BATCH_SIZE) {
      return;
    }
  }
}

/**
 * Deletes events, tasks and groups older than the retention; deliveries are deleted with their event.
 * The sums of days are kept for 400.
 */
export async function deleteExpired(database: Database, retentionDays: number): Promise<void> {
  const days = [retentionDays];
  const steps = [
    () => inBatches(database, DELETE_EVENTS, retentionDays),
    () => inBatches(database, DELETE_TASKS, retentionDays),
    () => database.run(`delete from relay.daily where day ${isExpired}`, [DAYS_OF_SUMS]),
    () => database.run(LAPSE, days),
    () => database.run(`delete from relay.task_group where created_at ${isExpired}`, days),
    () => database.run(`delete from relay.started where started_at ${isExpired}`, days),
    () => deleteIdleTargets(database),
  ];
  const failures: unknown[] = [];
  for (const step of steps) {
    // One that fails must not keep the others from being done.
    await step().catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) {
    throw failures[0];
  }
}

/** Schedules the clean-up each hour; one of several relays runs it. */
export async function startCleanup(database: Database, retentionDays: number): Promise<void> {
  await database.boss.schedule(CLEANUP, '23 * * * *');
  await database.boss.work(CLEANUP, () => deleteExpired(database, retentionDays));
}
