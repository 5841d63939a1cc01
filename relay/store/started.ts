import * as zod from 'zod';
import type { Database, Sql } from '../database.ts';
import { PROGRESS } from './rank.ts';

/** Tasks that a step has started together. */
export interface StartedTasks {
  readonly connection: string;
  /** What the connection's hooks take. */
  readonly secret: string;
  readonly taskIds: readonly string[];
  /** The query string of the webhook URL that their ends are to come to. */
  readonly callback: string;
  /** When an end that has not come is worth a question. */
  readonly worrySeconds: number;
}

/** Of one connection; more are not looked after. */
const MAX_STARTED = 20_000;

/** Remembers tasks until their ends come; one whose end was faster is not remembered. */
export const rememberStarted = (
  sql: Sql,
  { connection, secret, taskIds, callback, worrySeconds }: StartedTasks,
): Promise<void> =>
  sql.run(
    `insert into relay.started (connection, task_id, secret, callback, worry_at, pause)
     select $1, task_id, $3, $4, now() + $5 * interval '1 second', $5 * interval '1 second'
     from unnest($2::text[]) as wanted (task_id)
     where not exists (
       select from relay.event where event.connection = $1 and event.task_id = wanted.task_id
         and event.rank > ${PROGRESS}
     ) and (select count(*) from relay.started where connection = $1) < ${MAX_STARTED}
     on conflict do nothing`,
    [connection, [...taskIds], secret, callback, worrySeconds],
  );

/** A task whose end is overdue, and a hook that can be asked about it. */
const overdueRow = zod.object({
  task_id: zod.string(),
  secret: zod.string(),
  callback: zod.string(),
  target_url: zod.string(),
});
export type OverdueTask = zod.output<typeof overdueRow>;

const AT_A_TIME = 200;

/** Of one connection, so that one with many does not hold up the others. */
const OF_CONNECTION = 20;

/** Asked again later, twice as far apart each time. One without a hook to ask waits for one. */
const TAKE_OVERDUE = `
  with overdue as (
    select connection, task_id from (
      select connection, task_id, worry_at,
        row_number() over (partition by connection order by worry_at) as place
      from relay.started where worry_at < now()
    ) as late where place <= ${OF_CONNECTION} order by worry_at limit ${AT_A_TIME}
  ), asked as (
    update relay.started set
      pause = least(started.pause * 2, interval '6 hours'),
      worry_at = now() + least(started.pause * 2, interval '6 hours')
    from overdue where started.connection = overdue.connection and started.task_id = overdue.task_id
    returning started.connection, started.task_id, started.secret, started.callback
  )
  select asked.task_id, asked.secret, asked.callback, hook.target_url
  from asked join lateral (
    select target_url from relay.hook where hook.connection = asked.connection
    order by event = 'task.finished' desc, created_at desc limit 1
  ) as hook on true`;

/** The tasks that are worth a question now; each is worth another one only later. */
export const takeOverdue = (database: Database): Promise<OverdueTask[]> =>
  database.rows(overdueRow, TAKE_OVERDUE);
