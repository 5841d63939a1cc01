import type { Database, Sql } from '../database.ts';
import { DELIVER } from '../queues.ts';

/** Lets the engine deliver, as soon as the transaction is through. */
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
