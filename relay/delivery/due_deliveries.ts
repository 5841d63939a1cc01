import * as zod from 'zod';
import type { Sql } from '../database.ts';
import { PROGRESS } from '../store/rank.ts';

/** A waiting delivery that pg-boss has handed out a job for. */
const dueDelivery = zod.object({
  id: zod.string(),
  connection: zod.string(),
  hook_id: zod.nullable(zod.string()),
  target_url: zod.string(),
  reference: zod.string(),
  operation: zod.string(),
  secret: zod.string(),
  body: zod.string(),
  signature: zod.string(),
  /** Since its event was acknowledged. */
  age_seconds: zod.number(),
  /** The same, or since a dead letter was last retried by hand. */
  retrying_seconds: zod.number(),
  /** Milliseconds until the Retry-After of its target has passed; 0 or less when it has. */
  wait: zod.number(),
  /** An earlier attempt may still be running. */
  is_in_flight: zod.boolean(),
  /** Epoch milliseconds by the database's clock. */
  now: zod.number(),
});
export interface DueDelivery extends zod.output<typeof dueDelivery> {
  /** When the row was read, by this process's `performance.now()`. */
  readonly readAt: number;
}

/** Seconds since the event of a delivery was acknowledged. */
export const ageOf = ({ age_seconds, readAt }: DueDelivery): number =>
  age_seconds + (performance.now() - readAt) / 1000;

/**
 * Reads the waiting deliveries of a batch. Settles those that are no longer needed, because the hook
 * is gone or a newer event of the task has come, and leaves them out.
 */
const READ = `
  with found as (
    select delivery.id, delivery.connection, delivery.hook_id, delivery.target_url, event.reference, event.operation,
      event.secret, event.body, event.signature, delivery.not_before, delivery.tried_until, delivery.created_at,
      delivery.tried_since,
      case
        when delivery.hook_id is not null and hook.id is null then 'ended'
        when event.rank <= ${PROGRESS} and exists (
          select from relay.event newer
          where newer.connection = event.connection and newer.task_id = event.task_id
            and newer.rank > event.rank
        ) then 'overtaken'
        else 'due'
      end as next_state
    from relay.delivery
    join relay.event on event.id = delivery.event_id
    left join relay.hook on hook.id = delivery.hook_id
    where delivery.id = any($1::bigint[]) and delivery.state = 'waiting'
  ), settled as (
    update relay.delivery set state = found.next_state, settled_at = now()
    from found where delivery.id = found.id and found.next_state <> 'due'
  )
  select id::text, connection, hook_id::text, target_url, reference, operation, secret, body, signature,
    extract(epoch from now() - created_at)::float8 as age_seconds,
    extract(epoch from now() - tried_since)::float8 as retrying_seconds,
    (extract(epoch from not_before - now()) * 1000)::float8 as wait,
    coalesce(tried_until > now(), false) as is_in_flight,
    (extract(epoch from now()) * 1000)::float8 as now
  from found where next_state = 'due'`;

/** Those of these deliveries that are still to be made, by id. */
export async function readDueDeliveries(
  sql: Sql,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DueDelivery>> {
  const rows = await sql.rows(dueDelivery, READ, [[...ids]]);
  const readAt = performance.now();
  return new Map(rows.map((row) => [row.id, { ...row, readAt }]));
}
