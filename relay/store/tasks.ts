import * as zod from 'zod';
import type { Sql } from '../database.ts';
import type { PageOptions } from './deliveries.ts';
import { iso } from './iso.ts';
import { PROGRESS } from './rank.ts';

/** The newest event of a task. */
export const taskRow = zod.object({
  /** Id of the event; lists are paged by it. */
  id: zod.string(),
  task_id: zod.string(),
  operation: zod.string(),
  status: zod.string(),
  progress: zod.number(),
  reference: zod.string(),
  /** The body of the callback, as received. */
  body: zod.string(),
  received_at: zod.string(),
});
export type TaskRow = zod.output<typeof taskRow>;

/** What one page may have in bodies; a list must not be larger because its tasks are. */
const PAGE_BYTES = 2_000_000;

const sizedRow = taskRow.extend({ found: zod.number() });

/** Tasks that were read, and whether there are more. */
export interface TaskPage {
  readonly tasks: TaskRow[];
  readonly hasMore: boolean;
}

/**
 * Tasks of a connection, most recently updated first: as many as wanted, or fewer when their bodies
 * are large, but one at least.
 * @param options.reference '' for all
 */
export async function tasksOf(
  sql: Sql,
  connection: string,
  { after, limit, reference = '' }: PageOptions & { readonly reference?: string | undefined },
): Promise<TaskPage> {
  const rows = await sql.rows(
    sizedRow,
    `with newest as (
       select id, task_id, operation, status, least(rank, ${PROGRESS})::integer as progress,
         reference, body, received_at, octet_length(body) as bytes
       from relay.event
       where connection = $1 and ($2::bigint is null or id < $2) and ($4 = '' or reference = $4)
         and not exists (
           select from relay.event newer
           where newer.connection = event.connection and newer.task_id = event.task_id
             and newer.rank > event.rank
         )
       order by id desc limit $3 + 1
     ), sized as (
       select *, row_number() over newest_first as place, sum(bytes) over newest_first as total,
         count(*) over () as found
       from newest window newest_first as (order by id desc)
     )
     select id::text, task_id, operation, status, progress, reference, body,
       ${iso('received_at')}, found::integer
     from sized where place <= $3 and (place = 1 or total <= ${PAGE_BYTES})
     order by place`,
    [connection, after ?? null, limit, reference],
  );
  return {
    tasks: rows.map(({ found: _, ...task }) => task),
    hasMore: (rows[0]?.found ?? 0) > rows.length,
  };
}
