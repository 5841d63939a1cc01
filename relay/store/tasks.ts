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

/** Tasks of a connection, most recently updated first. @param options.reference '' for all */
export const tasksOf = (
  sql: Sql,
  connection: string,
  { after, limit, reference = '' }: PageOptions & { readonly reference?: string | undefined },
): Promise<TaskRow[]> =>
  sql.rows(
    taskRow,
    `select id::text, task_id, operation, status, least(rank, ${PROGRESS})::integer as progress,
       reference, body, ${iso('received_at')}
     from relay.event
     where connection = $1 and ($2::bigint is null or id < $2) and ($4 = '' or reference = $4)
       and not exists (
         select from relay.event newer
         where newer.connection = event.connection and newer.task_id = event.task_id
           and newer.rank > event.rank
       )
     order by id desc limit $3`,
    [connection, after ?? null, limit, reference],
  );
