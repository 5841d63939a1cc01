import * as zod from 'zod';
import type { Sql } from '../database.ts';

/** A delivery whose time has come. */
const due = zod.object({
  id: zod.string(),
  hook_id: zod.nullable(zod.string()),
  target_url: zod.string(),
  reference: zod.string(),
  secret: zod.string(),
  body: zod.string(),
  /** Since its event was acknowledged. */
  age_seconds: zod.number(),
  /** Since it is being tried: as long, unless it was brought back from the dead. */
  tried_seconds: zod.number(),
  /** Milliseconds until its target wants to be asked again; 0 or less when it does not say. */
  wait: zod.number(),
  /** An earlier attempt may still be on its way. */
  is_tried: zod.boolean(),
  /** Epoch milliseconds by the database's clock. */
  now: zod.number(),
});
export interface Due extends zod.output<typeof due> {
  /** When that was read, by this process's `performance.now()`. */
  readonly readAt: number;
}

/** Seconds since the event of a delivery was acknowledged. */
export const ageOf = ({ age_seconds, readAt }: Due): number =>
  age_seconds + (performance.now() - readAt) / 1000;

/**
 * Reads the deliveries of a batch, and settles those that nobody needs any more: the hook is gone,
 * or a newer progress or the end is there. What was settled meanwhile is left out.
 */
const READ = `
  with found as (
    select delivery.id, delivery.hook_id, delivery.target_url, event.reference, event.secret,
      event.body, delivery.not_before, delivery.tried_until, delivery.created_at,
      delivery.tried_since,
      case
        when delivery.hook_id is not null and hook.id is null then 'ended'
        when event.rank <= 100 and exists (
          select from relay.event newer
          where newer.connection = event.connection and newer.task_id = event.task_id
            and newer.rank > event.rank
        ) then 'overtaken'
        else 'due'
      end as verdict
    from relay.delivery
    join relay.event on event.id = delivery.event_id
    left join relay.hook on hook.id = delivery.hook_id
    where delivery.id = any($1::bigint[]) and delivery.state = 'waiting'
  ), settled as (
    update relay.delivery set state = found.verdict, settled_at = now()
    from found where delivery.id = found.id and found.verdict <> 'due'
  )
  select id::text, hook_id::text, target_url, reference, secret, body,
    extract(epoch from now() - created_at)::float8 as age_seconds,
    extract(epoch from now() - tried_since)::float8 as tried_seconds,
    (extract(epoch from not_before - now()) * 1000)::float8 as wait,
    coalesce(tried_until > now(), false) as is_tried,
    (extract(epoch from now()) * 1000)::float8 as now
  from found where verdict = 'due'`;

/** The deliveries among these that are to be made, by id. */
export async function readDue(sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, Due>> {
  const rows = await sql.rows(due, READ, [[...ids]]);
  const readAt = performance.now();
  return new Map(rows.map((row) => [row.id, { ...row, readAt }]));
}
