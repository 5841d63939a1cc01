import type { Database } from './database.ts';
import { forgetIdleTargets } from './delivery/slots.ts';
import { TIDY } from './queues.ts';

/** Forgets events that are older than the retention, with all that belongs to them. */
export async function tidy(database: Database, retentionDays: number): Promise<void> {
  const old = `< now() - $1 * interval '1 day'`;
  await database.run(`delete from relay.event where received_at ${old}`, [retentionDays]);
  await database.run(`delete from relay.task_group where created_at ${old}`, [retentionDays]);
  await forgetIdleTargets(database);
}

/** Lets the engine tidy up each hour; of several relays one does it. */
export async function startTidier(database: Database, retentionDays: number): Promise<void> {
  await database.boss.schedule(TIDY, '23 * * * *');
  await database.boss.work(TIDY, () => tidy(database, retentionDays));
}
