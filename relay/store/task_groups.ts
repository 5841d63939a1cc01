import * as zod from 'zod';
import type { Database, Sql } from '../database.ts';
import { enqueue, type NewDelivery } from './enqueue.ts';

/** The tasks that one step has started together and waits for. */
export interface TaskGroup {
  readonly name: string;
  readonly size: number;
}

const deliveryId = zod.object({ id: zod.string() });

/**
 * When all tasks of the group have ended, creates the delivery to the step's callback URL, with the
 * event that came last. Once only: `called` is set in the same statement.
 */
const CALL_IF_COMPLETE = `
  with complete as (
    update relay.task_group set called = true
    where connection = $1 and name = $2 and not called and callback_url <> '' and ended >= size
    returning connection, last_event, callback_url
  )
  insert into relay.delivery (connection, event_id, target_url)
  select connection, last_event, callback_url from complete
  returning id::text`;

/** @returns the delivery, if the group is complete */
const callIfComplete = async (sql: Sql, connection: string, name: string): Promise<NewDelivery[]> =>
  (await sql.rows(deliveryId, CALL_IF_COMPLETE, [connection, name])).map(({ id }) => ({
    id,
    connection,
  }));

/**
 * Counts an ended task in its group. The lock on the group's row makes simultaneous ends take turns.
 * @returns the deliveries to enqueue
 */
export async function countEndedTask(
  sql: Sql,
  connection: string,
  callbackUrl: string,
  group: TaskGroup,
  eventId: string,
): Promise<NewDelivery[]> {
  await sql.run(
    `insert into relay.task_group (connection, name, size, callback_url, ended, last_event)
     values ($1, $2, $3, $4, 1, $5)
     on conflict (connection, name) do update set
       ended = task_group.ended + 1, last_event = excluded.last_event,
       callback_url = excluded.callback_url`,
    [connection, group.name, group.size, callbackUrl, eventId],
  );
  return callIfComplete(sql, connection, group.name);
}

/** Lowers the size of a group whose other tasks the service has refused. */
export const shrinkGroup = (
  database: Database,
  connection: string,
  { name, size }: TaskGroup,
): Promise<void> =>
  database.transaction(async (sql) => {
    await sql.run(
      `insert into relay.task_group (connection, name, size, callback_url) values ($1, $2, $3, '')
       on conflict (connection, name) do update set size = least(task_group.size, excluded.size)`,
      [connection, name, size],
    );
    await enqueue(database, sql, await callIfComplete(sql, connection, name));
  });
