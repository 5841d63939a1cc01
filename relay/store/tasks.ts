import * as zod from 'zod';
import type { Reader } from '../database.ts';
import type { PageOptions } from './deliveries.ts';
import { narrowed, type Scope } from './scope.ts';
import { conditionsOf, type TaskFilters } from './task_filters.ts';
import { storedTask, TASK_COLUMNS, type TaskRow, withAdvice } from './task_row.ts';

/** Tasks that were read, and whether there are more. */
export interface TaskPage<Row = TaskRow> {
  readonly tasks: Row[];
  readonly hasMore: boolean;
}

export interface ListOptions extends PageOptions {
  readonly filters?: TaskFilters;
}

/**
 * The newest tasks of a scope, as SQL with its values. Each connection is read along its own index,
 * so that one with many tasks costs no more than a page.
 */
function newest(scope: Scope, { after, limit, filters = {} }: ListOptions) {
  const wanted = narrowed(scope, filters.connection);
  const conditions = conditionsOf(filters, 4);
  const rest = `and ($1::bigint is null or id < $1)${conditions.sql} order by id desc limit $2`;
  const sql =
    wanted === 'all'
      ? `select * from relay.task where $3::text[] is null ${rest}`
      : `select task.* from unnest($3::text[]) as mine (connection) cross join lateral (
           select * from relay.task where task.connection = mine.connection ${rest}
         ) as task order by id desc limit $2`;
  const connections = wanted === 'all' ? null : [...new Set(wanted)];
  return { sql, values: [after ?? null, limit + 1, connections, ...conditions.values] };
}

/** So many of the newest tasks are looked through for what there is to choose from. */
const LOOKED_THROUGH = 2_000;

export const taskChoice = zod.object({ operation: zod.string(), model: zod.string() });

/** The operations and models of the newest tasks of a scope, each pair once. */
export function choicesOf(sql: Reader, scope: Scope): Promise<zod.output<typeof taskChoice>[]> {
  const { sql: found, values } = newest(scope, { after: undefined, limit: LOOKED_THROUGH });
  return sql.rows(
    taskChoice,
    `select distinct operation, model from (${found}) as task order by operation, model`,
    values,
  );
}

/** The tasks of a scope, newest first: by when they were heard of first. */
export async function tasksOf(sql: Reader, scope: Scope, options: ListOptions): Promise<TaskPage> {
  const { sql: found, values } = newest(scope, options);
  const rows = await sql.rows(
    storedTask,
    `select ${TASK_COLUMNS} from (${found}) as task order by task.id desc`,
    values,
  );
  return {
    tasks: rows.slice(0, options.limit).map(withAdvice),
    hasMore: rows.length > options.limit,
  };
}

/** What one page may have in bodies; a list must not be larger because its tasks are. */
const PAGE_BYTES = 2_000_000;

const withBody = storedTask.extend({
  /** That of the newest event, as received; '' before the first. */
  body: zod.string(),
  found: zod.number(),
});

export type TaskWithBody = TaskRow & { readonly body: string };

/** The same with their bodies: fewer where these are large, but one at least. */
export async function tasksWithBodies(
  sql: Reader,
  scope: Scope,
  options: ListOptions,
): Promise<TaskPage<TaskWithBody>> {
  const { sql: found, values } = newest(scope, options);
  const rows = await sql.rows(
    withBody,
    `with sized as (
       select task.*, event.body, count(*) over () as found,
         row_number() over newest_first as place,
         sum(octet_length(event.body)) over newest_first as total
       from (${found}) as task left join relay.event
         on event.connection = task.connection and event.task_id = task.task_id
         and event.rank = task.rank
       window newest_first as (order by task.id desc)
     )
     select ${TASK_COLUMNS}, coalesce(body, '') as body, found::integer from sized
     where place < $2 and (place = 1 or coalesce(total, 0) <= ${PAGE_BYTES}) order by place`,
    values,
  );
  return {
    tasks: rows.map(({ found: _, body, ...task }) => ({ ...withAdvice(task), body })),
    hasMore: (rows[0]?.found ?? 0) > rows.length,
  };
}
