import * as zod from 'zod';
import { HOOK_EVENTS, type HookEvent } from '../../delivery/hook.ts';
import type { Database, Sql } from '../database.ts';
import { iso } from './iso.ts';

/** A hook URL, the events it is sent and their filters. */
export interface Subscription {
  readonly event: HookEvent;
  readonly target_url: string;
  /** Empty: all operations. */
  readonly operations: readonly string[];
  /** Empty: any reference. */
  readonly reference: string;
}

const COLUMNS = `id::text, event, target_url, operations, reference, ${iso('created_at')}`;

export const hookRow = zod.object({
  id: zod.string(),
  event: zod.enum(HOOK_EVENTS),
  target_url: zod.string(),
  operations: zod.array(zod.string()),
  reference: zod.string(),
  created_at: zod.string(),
});
export type HookRow = zod.output<typeof hookRow>;

const subscribedRow = hookRow.extend({ is_new: zod.boolean() });

/** Creates a hook. Idempotent: the same event and URL again updates the filters of the same hook. */
export async function subscribe(
  sql: Sql,
  connection: string,
  { event, target_url, operations, reference }: Subscription,
): Promise<{ hook: HookRow; isNew: boolean }> {
  const [row] = await sql.rows(
    subscribedRow,
    `insert into relay.hook (connection, event, target_url, operations, reference)
     values ($1, $2, $3, $4, $5)
     on conflict (connection, event, target_url) do update set
       operations = excluded.operations, reference = excluded.reference
     returning ${COLUMNS}, xmax = 0 as is_new`,
    [connection, event, target_url, operations, reference],
  );
  if (!row) {
    throw new Error('The database returned no row for a hook.');
  }
  const { is_new, ...hook } = row;
  return { hook, isNew: is_new };
}

/** All hooks of a connection, oldest first. */
export const hooksOf = (sql: Sql, connection: string): Promise<HookRow[]> =>
  sql.rows(
    hookRow,
    `select ${COLUMNS} from relay.hook where connection = $1 order by created_at, id`,
    [connection],
  );

/**
 * Deletes a hook and ends its waiting deliveries. Idempotent.
 * @param connection whose hook it must be; undefined when the target itself answered that it is gone
 */
export const unsubscribe = (
  database: Database,
  id: string,
  connection: string | undefined,
): Promise<void> =>
  database.transaction(async (sql) => {
    const deleted = await sql.rows(
      zod.object({ id: zod.string() }),
      'delete from relay.hook where id = $1 and connection = coalesce($2, connection) returning id::text',
      [id, connection ?? null],
    );
    if (deleted.length > 0) {
      await sql.run(
        `update relay.delivery set state = 'ended', settled_at = now()
         where hook_id = $1 and state = 'waiting'`,
        [id],
      );
    }
  });
