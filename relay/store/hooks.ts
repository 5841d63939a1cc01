import * as zod from 'zod';
import { HOOK_EVENTS, type HookEvent } from '../../delivery/hook.ts';
import type { Database, Sql } from '../database.ts';
import { iso } from './iso.ts';

/** What a hook wants to hear of. */
export interface HookWish {
  readonly event: HookEvent;
  readonly target_url: string;
  /** None: all of them. */
  readonly operations: readonly string[];
  /** Empty: any. */
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

const subscribed = hookRow.extend({ is_new: zod.boolean() });

/** Enters a hook; the same event and URL again is the same hook, with the filters given last. */
export async function subscribe(
  sql: Sql,
  connection: string,
  wish: HookWish,
): Promise<{ hook: HookRow; isNew: boolean }> {
  const [row] = await sql.rows(
    subscribed,
    `insert into relay.hook (connection, event, target_url, operations, reference)
     values ($1, $2, $3, $4, $5)
     on conflict (connection, event, target_url) do update set
       operations = excluded.operations, reference = excluded.reference
     returning ${COLUMNS}, xmax = 0 as is_new`,
    [connection, wish.event, wish.target_url, wish.operations, wish.reference],
  );
  if (!row) {
    throw new Error('The database gave no row for a hook.');
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
 * Ends a hook and all that still waits for it. That it is gone already is fine.
 * @param connection undefined when it is the target itself that said it is gone
 */
export const endHook = (
  database: Database,
  id: string,
  connection: string | undefined,
): Promise<void> =>
  database.transaction(async (sql) => {
    const ended = await sql.rows(
      zod.object({ id: zod.string() }),
      'delete from relay.hook where id = $1 and connection = coalesce($2, connection) returning id::text',
      [id, connection ?? null],
    );
    if (ended.length > 0) {
      await sql.run(
        `update relay.delivery set state = 'ended', settled_at = now()
         where hook_id = $1 and state = 'waiting'`,
        [id],
      );
    }
  });
