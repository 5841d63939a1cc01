import * as zod from 'zod';
import type { Reader } from '../database.ts';
import { deliveryRow, deliverySelect } from './deliveries.ts';
import { iso } from './iso.ts';
import { PROGRESS } from './rank.ts';
import { storedTask, TASK_COLUMNS, taskRow, withAdvice } from './task_row.ts';

/** A task with all that is known of it. */
export const oneTask = zod.object({
  task: taskRow,
  body: zod.string().describe('That of its newest event, as received; empty before the first.'),
  events: zod.array(
    zod.object({
      id: zod.string(),
      status: zod.string(),
      progress: zod.number(),
      received_at: zod.string(),
    }),
  ),
  deliveries: zod.array(deliveryRow),
});
export type OneTask = zod.output<typeof oneTask>;

const eventRow = oneTask.shape.events.element.extend({ body: zod.string() });

/** The newest of them: those of its end are the ones to look at. */
const MOST_DELIVERIES = 1_000;

/** Undefined when the connection has no such task. */
export async function readOneTask(
  sql: Reader,
  connection: string,
  taskId: string,
): Promise<OneTask | undefined> {
  const wanted = [connection, taskId];
  const [[task], events, deliveries] = await Promise.all([
    sql.rows(
      storedTask,
      `select ${TASK_COLUMNS} from relay.task where connection = $1 and task_id = $2`,
      wanted,
    ),
    sql.rows(
      eventRow,
      `select id::text, status, least(rank, ${PROGRESS})::integer as progress,
         ${iso('received_at')},
         case when row_number() over (order by rank desc) = 1 then body else '' end as body
       from relay.event where connection = $1 and task_id = $2 order by rank, id`,
      wanted,
    ),
    sql.rows(
      deliveryRow,
      `${deliverySelect('event.connection = $1 and event.task_id = $2')}
       order by delivery.id desc limit ${MOST_DELIVERIES}`,
      wanted,
    ),
  ]);
  return (
    task && {
      task: withAdvice(task),
      body: events.at(-1)?.body ?? '',
      events: events.map(({ body: _, ...event }) => event),
      deliveries: deliveries.reverse(),
    }
  );
}
