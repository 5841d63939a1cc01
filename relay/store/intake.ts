import * as zod from 'zod';
import { CountByName } from '../count_by_name.ts';
import type { Database } from '../database.ts';
import { enqueue, type NewDelivery } from './enqueue.ts';
import { END, PROGRESS } from './rank.ts';
import { countEndedTask, type TaskGroup } from './task_groups.ts';
import type { TaskSummary } from './task_summary.ts';
import { SUMMARY_COLUMNS, upsertTasks } from './task_table.ts';

/** A step that waits for the end of its task, or of all tasks that it started together. */
export interface WaitingStep {
  /** Zapier resumes the step at the first POST to it. */
  readonly callbackUrl: string;
  /** Undefined for a step that waits for one task. */
  readonly group: TaskGroup | undefined;
}

/** A callback whose secret was valid, parsed. */
export interface ReceivedCallback {
  readonly connection: string;
  readonly taskId: string;
  /** See `rankOf`. */
  readonly rank: number;
  readonly operation: string;
  readonly status: string;
  readonly reference: string;
  readonly secret: string;
  /** As received. */
  readonly body: string;
  /** What the service signed it with; '' for none. */
  readonly signature: string;
  readonly step: WaitingStep | undefined;
  readonly summary: TaskSummary;
  /** How many hooks the connection has: to so many deliveries it may come. */
  readonly hooks: number;
}

/** What came of a callback: whether its event is new, and to how many deliveries it came. */
export interface StoredCallback {
  readonly isNew: boolean;
  readonly deliveries: number;
}

/**
 * Writes the new events and a delivery for each subscribed hook. Sorted, so that two relays that
 * receive the same events cannot deadlock. A waiting step is called at the first end of its task.
 */
const WRITE = `
  with received as (
    select * from json_to_recordset($1::json) as callback (
      connection text, task_id text, rank smallint, operation text, status text,
      reference text, secret text, body text, signature text, callback_url text,
      ${SUMMARY_COLUMNS}
    )
  ), new_event as (
    insert into relay.event
      (connection, task_id, rank, operation, status, reference, secret, body, signature)
    select connection, task_id, rank, operation, status, reference, secret, body, signature
    from received order by connection, task_id, rank
    on conflict do nothing
    returning id, connection, task_id, rank, operation, reference, octet_length(body) as bytes
  ), counted as (
    insert into relay.connection (id, events, bytes)
    select connection, count(*), sum(bytes) from new_event group by connection order by connection
    on conflict (id) do update set heard_at = now(),
      events = connection.events + excluded.events, bytes = connection.bytes + excluded.bytes
  ), looked_after as (
    delete from relay.started using new_event
    where started.connection = new_event.connection and started.task_id = new_event.task_id
      and new_event.rank = ${END}
  ), newest as (
    select distinct on (connection, task_id) new_event.id as event_id, now() as at, received.*
    from new_event join received using (connection, task_id, rank)
    order by connection, task_id, rank desc
  ), summed_up as (${upsertTasks('newest')}
  ), first_end as (
    select distinct on (connection, task_id) id, connection, task_id, rank from new_event
    where rank > ${PROGRESS} and not exists (
      select from relay.event earlier
      where earlier.connection = new_event.connection and earlier.task_id = new_event.task_id
        and earlier.rank > ${PROGRESS}
    )
    order by connection, task_id, rank desc
  ), to_hooks as (
    insert into relay.delivery (connection, event_id, hook_id, target_url)
    select new_event.connection, new_event.id, hook.id, hook.target_url
    from new_event join relay.hook on hook.connection = new_event.connection
      and hook.event = case when new_event.rank > ${PROGRESS} then 'task.finished' else 'task.progress' end
      and (hook.operations = '{}' or new_event.operation = any(hook.operations))
      and (hook.reference in ('', new_event.reference)
        or (hook.reference like '%*' and starts_with(new_event.reference, left(hook.reference, -1))))
    where not exists (
      select from relay.event newer
      where newer.connection = new_event.connection and newer.task_id = new_event.task_id
        and newer.rank > new_event.rank
    )
    -- Event by event: hooks that follow each other are others, and none waits for its rate limit.
    order by new_event.id, hook.id
    returning id, connection, event_id
  ), to_steps as (
    insert into relay.delivery (connection, event_id, target_url)
    select distinct on (first_end.id) first_end.connection, first_end.id, received.callback_url
    from first_end join received using (connection, task_id, rank)
    where received.callback_url <> ''
    returning id, connection, event_id
  )
  select id::text, connection, id::text as event_id, task_id, rank, true as is_event,
    id in (select id from first_end) as is_first_end from new_event
  union all select id::text, connection, event_id::text, '', 0, false, false from to_hooks
  union all select id::text, connection, event_id::text, '', 0, false, false from to_steps`;

const writtenRow = zod.object({
  id: zod.string(),
  connection: zod.string(),
  event_id: zod.string(),
  task_id: zod.string(),
  rank: zod.number(),
  is_event: zod.boolean(),
  is_first_end: zod.boolean(),
});

function countBy(deliveries: readonly { readonly event_id: string }[]): CountByName {
  const counts = new CountByName();
  for (const { event_id } of deliveries) {
    counts.add(event_id, 1);
  }
  return counts;
}

const keyOf = (event: { connection: string; task_id: string; rank: number }): string =>
  JSON.stringify([event.connection, event.task_id, event.rank]);

/**
 * Stores callbacks: their events and deliveries and the jobs are written in one transaction.
 * @returns for each callback, whether its event is new; a repetition stores nothing
 */
export const storeCallbacks =
  (database: Database) =>
  (callbacks: readonly ReceivedCallback[]): Promise<readonly StoredCallback[]> =>
    database.transaction(async (sql) => {
      const rows = callbacks.map(({ taskId: task_id, step, summary, ...callback }) => ({
        ...callback,
        ...summary,
        task_id,
        callback_url: step && !step.group ? step.callbackUrl : '',
      }));
      const writtenRows = await sql.rows(writtenRow, WRITE, [JSON.stringify(rows)]);
      const events = new Map(
        writtenRows.filter((row) => row.is_event).map((row) => [keyOf(row), row]),
      );
      const deliveries: NewDelivery[] = writtenRows
        .filter((row) => !row.is_event)
        .sort((a, b) => Number(a.id) - Number(b.id));

      const deliveriesOf = countBy(writtenRows.filter((row) => !row.is_event));
      const stored: StoredCallback[] = [];
      for (const [index, { connection, rank, step }] of callbacks.entries()) {
        const key = keyOf(rows[index] ?? { connection, task_id: '', rank });
        const event = events.get(key);
        events.delete(key);
        stored.push({
          isNew: event !== undefined,
          deliveries: deliveriesOf.of(event?.id ?? ''),
        });
        if (event?.is_first_end && step?.group) {
          deliveries.push(
            ...(await countEndedTask(sql, connection, step.callbackUrl, step.group, event.id)),
          );
        }
      }
      await enqueue(database, sql, deliveries);
      return stored;
    });
