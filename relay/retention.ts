import type { Database } from './database.ts';
import { deleteIdleTargets } from './delivery/slots.ts';
import { CLEANUP } from './queues.ts';

/** Deletes events and groups older than the retention; deliveries are deleted with their event. */
export async function deleteExpired(database: Database, retentionDays: number): Promise<void> {
  const isExpired = `< now() - $1 * interval '1 day'`;
  await database.run(`delete from relay.event where received_at ${isExpired}`, [retentionDays]);
  await database.run(`delete from relay.task_group where created_at ${isExpired}`, [retentionDays]);
  await deleteIdleTargets(database);
}

/** Schedules the clean-up each hour; one of several relays runs it. */
export async function startCleanup(database: Database, retentionDays: number): Promise<void> {
  await database.boss.schedule(CLEANUP, '23 * * * *');
  await database.boss.work(CLEANUP, () => deleteExpired(database, retentionDays));
}
