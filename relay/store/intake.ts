import * as zod from 'zod';
import type { WaitingStep } from '../../delivery/waiting_step.ts';
import type { Database } from '../database.ts';
import { enqueue } from './enqueue.ts';
import { countEnd } from './task_groups.ts';

/** The rank of an end; that of progress is its percent. */
export const END = 101;

/** A genuine callback, read. */
export interface Arrival {
  readonly connection: string;
  readonly taskId: string;
  readonly rank: number;
  readonly operation: string;
  readonly status: string;
  readonly reference: string;
  readonly secret: string;
  /** As received. */
  readonly body: string;
  readonly step: WaitingStep | undefined;
}

/**
 * Writes the events that are new and a delivery for each hook that wants them. Sorted, so that two
 * relays with the same events wait for each other and never for themselves.
 */
const WRITE = `
  with came as (
    select * from json_to_recordset($1::json) as arrival (
      connection text, task_id text, rank smallint, operation text, status text,
      reference text, secret text, body text, callback_url text
    )
  ), fresh as (
    insert into relay.event (connection, task_id, rank, operation, status, reference, secret, body)
    select connection, task_id, rank, operation, status, reference, secret, body
    from came order by connection, task_id, rank
    on conflict do nothing
    returning id, connection, task_id, rank, operation, reference
  ), to_hooks as (
    insert into relay.delivery (connection, event_id, hook_id, target_url)
    select fresh.connection, fresh.id, hook.id, hook.target_url
    from fresh join relay.hook on hook.connection = fresh.connection
      and hook.event = case when fresh.rank = ${END} then 'task.finished' else 'task.progress' end
      and (hook.operations = '{}' or fresh.operation = any(hook.operations))
      and (hook.reference = '' or hook.reference = fresh.reference)
    where not exists (
      select from relay.event newer
      where newer.connection = fresh.connection and newer.task_id = fresh.task_id
        and newer.rank > fresh.rank
    )
    returning id
  ), to_steps as (
    insert into relay.delivery (connection, event_id, target_url)
    select distinct on (fresh.id) fresh.connection, fresh.id, came.callback_url
    from fresh join came using (connection, task_id, rank)
    where came.callback_url <> '' and fresh.rank = ${END}
    returning id
  )
  select id::text, connection, task_id, rank, true as is_event from fresh
  union all select id::text, '', '', 0, false from to_hooks
  union all select id::text, '', '', 0, false from to_steps`;

const written = zod.object({
  id: zod.string(),
  connection: zod.string(),
  task_id: zod.string(),
  rank: zod.number(),
  is_event: zod.boolean(),
});

const keyOf = (of: { connection: string; task_id: string; rank: number }): string =>
  JSON.stringify([of.connection, of.task_id, of.rank]);

/**
 * Takes callbacks in: their events and all deliveries of them are written together or not at all.
 * @returns for each, whether it was news
 */
export const takeIn =
  (database: Database) =>
  (arrivals: readonly Arrival[]): Promise<readonly boolean[]> =>
    database.transaction(async (sql) => {
      const rows = arrivals.map(({ taskId: task_id, step, ...arrival }) => ({
        ...arrival,
        task_id,
        callback_url: step && !step.group ? step.callbackUrl : '',
      }));
      const fresh = await sql.rows(written, WRITE, [JSON.stringify(rows)]);
      const events = new Map(
        fresh.filter((row) => row.is_event).map((row) => [keyOf(row), row.id]),
      );
      const deliveries = fresh.filter((row) => !row.is_event).map(({ id }) => id);

      const news: boolean[] = [];
      for (const [index, { connection, rank, step }] of arrivals.entries()) {
        const key = keyOf(rows[index] ?? { connection, task_id: '', rank });
        const eventId = events.get(key);
        events.delete(key);
        news.push(eventId !== undefined);
        if (eventId !== undefined && rank === END && step?.group) {
          deliveries.push(
            ...(await countEnd(sql, connection, step.callbackUrl, step.group, eventId)),
          );
        }
      }
      await enqueue(database, sql, deliveries);
      return news;
    });
