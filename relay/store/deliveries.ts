import * as zod from 'zod';
import type { Sql } from '../database.ts';
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
  host: zod.string().describe('Of the target.'),
  attempts: zod.number(),
  answer: zod.string(),
  created_at: zod.string(),
  settled_at: zod.nullable(zod.string()),
  can_retry: zod.boolean().describe('It is dead, or waits after an attempt that failed.'),
});
export type DeliveryRow = zod.output<typeof deliveryRow>;

/** The host of a URL: what may be shown of a target. */
export const hostOf = (column: string): string =>
  `coalesce(substring(${column}, '^[a-z]+://([^/?#]+)'), '')`;

/** Whether it is worth a try by hand: not again and again, each of which is a further job. */
export const CAN_RETRY = `(delivery.state = 'dead' or (delivery.state = 'waiting'
  and delivery.attempts > 0 and delivery.tried_since < now() - interval '10 seconds'
  and coalesce(delivery.tried_until < now(), true)))`;

/** @param condition on relay.delivery and relay.event */
export const deliverySelect = (condition: string): string => `
  select delivery.id::text, delivery.state, event.task_id,
    case when event.rank > ${PROGRESS} then 'task.finished' else 'task.progress' end as event,
    delivery.hook_id::text, ${hostOf('delivery.target_url')} as host,
    delivery.attempts, delivery.answer,
    ${iso('delivery.created_at')}, ${iso('delivery.settled_at')}, ${CAN_RETRY} as can_retry
  from relay.delivery join relay.event on event.id = delivery.event_id
  where ${condition}`;

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
    `${deliverySelect(`delivery.connection = $1 and ($2::text is null or delivery.state = $2)
       and ($3::bigint is null or delivery.id < $3)`)}
     order by delivery.id desc limit $4`,
    [connection, state ?? null, after ?? null, limit],
  );
