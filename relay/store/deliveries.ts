import * as zod from 'zod';
import type { Database, Sql } from '../database.ts';
import { enqueue } from './enqueue.ts';
import { iso } from './iso.ts';
import { PROGRESS } from './rank.ts';

/** `ended`: unsubscribed before delivery. `overtaken`: a newer event of the task came first. */
export const DELIVERY_STATES = ['waiting', 'delivered', 'dead', 'ended', 'overtaken'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const deliveryRow = zod.object({
  id: zod.string(),
  state: zod.enum(DELIVERY_STATES),
  task_id: zod.string(),
  event: zod.string(),
  hook_id: zod.nullable(zod.string()),
  attempts: zod.number(),
  answer: zod.string(),
  created_at: zod.string(),
  settled_at: zod.nullable(zod.string()),
});
export type DeliveryRow = zod.output<typeof deliveryRow>;

/** Which page of a list to read. */
export interface PageOptions {
  /** The last id of the page before. */
  readonly after: string | undefined;
  readonly limit: number;
}

/** Deliveries of a connection, newest first. */
export const deliveriesOf = (
  sql: Sql,
  connection: string,
  { state, after, limit }: PageOptions & { readonly state: DeliveryState | undefined },
): Promise<DeliveryRow[]> =>
  sql.rows(
    deliveryRow,
    `select delivery.id::text, delivery.state, event.task_id,
       case when event.rank > ${PROGRESS} then 'task.finished' else 'task.progress' end as event,
       delivery.hook_id::text, delivery.attempts, delivery.answer,
       ${iso('delivery.created_at')}, ${iso('delivery.settled_at')}
     from relay.delivery join relay.event on event.id = delivery.event_id
     where delivery.connection = $1 and ($2::text is null or delivery.state = $2)
       and ($3::bigint is null or delivery.id < $3)
     order by delivery.id desc limit $4`,
    [connection, state ?? null, after ?? null, limit],
  );

/** Retries a dead letter. @returns false when there is no dead letter with this id */
export const retryDeadLetter = (
  database: Database,
  connection: string,
  id: string,
): Promise<boolean> =>
  database.transaction(async (sql) => {
    const retried = await sql.rows(
      zod.object({ id: zod.string() }),
      `update relay.delivery set state = 'waiting', settled_at = null, not_before = now(), tried_since = now()
       where id = $1 and connection = $2 and state = 'dead' returning id::text`,
      [id, connection],
    );
    await enqueue(
      database,
      sql,
      retried.map(({ id: delivery }) => ({ id: delivery, connection })),
    );
    return retried.length > 0;
  });
