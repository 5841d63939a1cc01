import type { Database, Sql } from '../database.ts';
import { DELIVER } from '../queues.ts';

/** Adds a pg-boss job for each delivery; they start once the transaction is committed. */
export async function enqueue(
  database: Database,
  sql: Sql,
  deliveries: readonly string[],
): Promise<void> {
  if (deliveries.length > 0) {
    await database.boss.insert(
      DELIVER,
      deliveries.map((delivery) => ({ data: { delivery } })),
      { db: sql.queueDb },
    );
  }
}
