import * as zod from 'zod';
import type { Database } from '../database.ts';
import { END, PROGRESS } from './rank.ts';
import { upsertTasks } from './task_table.ts';

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
  /** What lists show of them until their first event. */
  readonly summary: StartedSummary;
}

export interface StartedSummary {
  readonly service: string;
  readonly operation: string;
  readonly reference: string;
  readonly model: string;
  /** One for each task, '' where it has none; empty when the step did not say. */
  readonly prompts: readonly string[];
}

/** Of one connection; more are not looked after. */
const MAX_STARTED = 5_000;

/** Below every rank of an event. */
const BEFORE_EVENTS = -1;

/** Shows tasks that are looked after in lists from their start on; any other is there by its event. */
const LIST_STARTED = upsertTasks(`(
  select nextval('relay.event_id_seq') as event_id, now() as at, $1 as connection, task_id,
    ${BEFORE_EVENTS} as rank, 'staged' as status, $3 as service, $4 as operation, $5 as reference,
    $6 as model, coalesce(prompt, '') as prompt, '' as text, '' as picture, '' as media, '{}'::text[] as links,
    null::float8 as credits_used, '' as credits_unit, '' as error_kind, '' as error_message,
    null::float8 as duration_seconds, null::timestamptz as begun_at
  from unnest($2::text[], $7::text[]) as told (task_id, prompt)
  where exists (
    select from relay.started where started.connection = $1 and started.task_id = told.task_id
  )
) as started`);

const REMEMBER = `
  insert into relay.started (connection, task_id, secret, callback, worry_at, pause)
  select $1, task_id, $3, $4, now() + $5 * interval '1 second', $5 * interval '1 second'
  from unnest($2::text[]) as wanted (task_id)
  where not exists (
    select from relay.event where event.connection = $1 and event.task_id = wanted.task_id
      and event.rank > ${PROGRESS}
  ) and (select count(*) from relay.started where connection = $1) < ${MAX_STARTED}
  order by task_id
  on conflict do nothing`;

/** Remembers tasks until their ends come; one whose end was faster is not remembered. */
export const rememberStarted = (
  database: Database,
  { connection, secret, taskIds, callback, worrySeconds, summary }: StartedTasks,
): Promise<void> =>
  database.transaction(async (sql) => {
    const { service, operation, reference, model, prompts } = summary;
    // A task that is named twice is one.
    const promptOf = new Map(taskIds.map((id, index) => [id, prompts[index] ?? '']));
    const ids = [...promptOf.keys()];
    await sql.run(REMEMBER, [connection, ids, secret, callback, worrySeconds]);
    await sql.run(LIST_STARTED, [
      ...[connection, ids, service, operation, reference, model],
      [...promptOf.values()],
    ]);
  });

/** A task whose end is overdue, and a hook that can be asked about it. */
const overdueRow = zod.object({
  task_id: zod.string(),
  secret: zod.string(),
  callback: zod.string(),
  /** Seconds. */
  age: zod.number(),
  target_url: zod.string(),
});
export type OverdueTask = zod.output<typeof overdueRow>;

const AT_A_TIME = 200;

/** Of one connection, so that one with many does not hold up the others. */
const OF_CONNECTION = 20;

/** Asked again later, twice as far apart each time. One without a hook to ask waits for one. */
const TAKE_OVERDUE = `
  with late as (
    select connection, task_id, worry_at,
      row_number() over (partition by connection order by worry_at) as place
    from relay.started where worry_at < now()
      and exists (select from relay.hook where hook.connection = started.connection)
  ), chosen as (
    select connection, task_id from late
    where place <= ${OF_CONNECTION} order by place, worry_at limit ${AT_A_TIME}
  ), overdue as (
    select started.connection, started.task_id from relay.started
    join chosen using (connection, task_id)
    where started.worry_at < now() for update of started skip locked
  ), asked as (
    update relay.started set
      pause = least(started.pause * 2, interval '6 hours'),
      worry_at = now() + least(started.pause * 2, interval '6 hours')
    from overdue where started.connection = overdue.connection and started.task_id = overdue.task_id
    returning started.connection, started.task_id, started.secret, started.callback,
      extract(epoch from now() - started.started_at)::float8 as age
  )
  select asked.task_id, asked.secret, asked.callback, asked.age, hook.target_url
  from asked join lateral (
    select target_url from relay.hook where hook.connection = asked.connection
    order by event = 'task.finished' desc, created_at desc limit 1
  ) as hook on true`;

/** An end that came while its task was being remembered. */
const FORGET_ENDED = `
  delete from relay.started where worry_at < now() and exists (
    select from relay.event where event.connection = started.connection
      and event.task_id = started.task_id and event.rank = ${END}
  )`;

/** The tasks that are worth a question now; each is worth another one only later. */
export async function takeOverdue(database: Database): Promise<OverdueTask[]> {
  await database.run(FORGET_ENDED);
  return database.rows(overdueRow, TAKE_OVERDUE);
}
