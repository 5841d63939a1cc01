import * as zod from 'zod';
import type { Database, Sql } from '../database.ts';
import { DELIVER } from '../queues.ts';
import { CAN_RETRY } from './deliveries.ts';
import { enqueue, type NewDelivery } from './enqueue.ts';
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

/** So few that whoever asked gets an answer; the rest is there still. */
const MOST_ROUNDS = 10;

const retriedRow = zod.object({ id: zod.string(), connection: zod.string() });

/** Oldest first, and each once, whoever else asks for it at the same time. */
const BRING_BACK = `
  with chosen as (
    select id from relay.delivery
    where ${CAN_RETRY} and ${isInScope('delivery.connection', '$1')}
      and ($2::bigint is null or id = $2) and ($3::text is null or coalesce(hook_id::text, '') = $3)
      and ($4::timestamptz is null or created_at >= $4)
      and ($5::timestamptz is null or created_at < $5)
    order by id limit ${AT_A_TIME} for update skip locked
  )
  update relay.delivery
  set state = 'waiting', settled_at = null, not_before = now(), tried_since = now()
  from chosen where delivery.id = chosen.id
  returning delivery.id::text, delivery.connection`;

/** What waits has a job already, which comes at once instead; a second one would count its tries apart. */
const HURRY = `
  update pgboss.job set
    start_after = case when state = 'active' then start_after else now() end,
    data = case when state = 'active' then data else data - 'slot' end
  where name = '${DELIVER}' and state in ('created', 'retry', 'active')
    and data ->> 'delivery' = any($1)
  returning data ->> 'delivery' as id`;

const hurriedRow = zod.object({ id: zod.string() });

async function withoutJobs(sql: Sql, deliveries: readonly NewDelivery[]): Promise<NewDelivery[]> {
  const ids = deliveries.map(({ id }) => id);
  const hurried = await sql.rows(hurriedRow, HURRY, [ids]);
  const found = new Set(hurried.map(({ id }) => id));
  return deliveries.filter(({ id }) => !found.has(id));
}

/**
 * Tries deliveries again at once: dead letters, and those that wait after an attempt that failed.
 * @returns how many; 10,000 at the most
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
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const batch = await database.transaction(async (sql) => {
      const rows = await sql.rows(retriedRow, BRING_BACK, filters);
      await enqueue(database, sql, await withoutJobs(sql, rows));
      return rows;
    });
    retried += batch.length;
    if (batch.length < AT_A_TIME) {
      break;
    }
  }
  return retried;
}
