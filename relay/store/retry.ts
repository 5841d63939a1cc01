import * as zod from 'zod';
import type { Database } from '../database.ts';
import { CAN_RETRY } from './deliveries.ts';
import { enqueue } from './enqueue.ts';
import { connectionsIn, isInScope, narrowed, type Scope } from './scope.ts';

/** Which deliveries to try again: all that fit. */
export interface RetryWanted {
  readonly id?: string | undefined;
  readonly connection?: string | undefined;
  /** Null: of steps that wait, which have no hook. */
  readonly hookId?: string | null | undefined;
  /** ISO 8601: of events that came then or later, and before then. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** So few that a transaction stays within its time. */
const AT_A_TIME = 1_000;

const retriedRow = zod.object({ id: zod.string(), connection: zod.string() });

/** Oldest first, and none twice. */
const BRING_BACK = `
  with chosen as (
    select id from relay.delivery
    where ${CAN_RETRY} and ${isInScope('delivery.connection', '$1')}
      and ($2::bigint is null or id = $2) and ($3::text is null or coalesce(hook_id::text, '') = $3)
      and ($4::timestamptz is null or created_at >= $4)
      and ($5::timestamptz is null or created_at < $5) and id > $6
    order by id limit ${AT_A_TIME}
  )
  update relay.delivery
  set state = 'waiting', settled_at = null, not_before = now(), tried_since = now()
  from chosen where delivery.id = chosen.id
  returning delivery.id::text, delivery.connection`;

/**
 * Tries deliveries again at once: dead letters, and those that wait after an attempt that failed.
 * @returns how many
 */
export async function retryDeliveries(
  database: Database,
  scope: Scope,
  { id, connection, hookId, since, until }: RetryWanted,
): Promise<number> {
  const connections = connectionsIn(narrowed(scope, connection));
  const hook = hookId === null ? '' : hookId;
  const filters = [connections, id, hook, since, until].map((value) => value ?? null);
  let retried = 0;
  for (let after = '0'; ; ) {
    const batch = await database.transaction(async (sql) => {
      const rows = await sql.rows(retriedRow, BRING_BACK, [...filters, after]);
      await enqueue(database, sql, rows);
      return rows;
    });
    retried += batch.length;
    if (batch.length < AT_A_TIME) {
      return retried;
    }
    after = String(Math.max(...batch.map((row) => Number(row.id))));
  }
}
