import * as zod from 'zod';
import type { Sql } from './database.ts';

/** A database that another relay, or something else, has made its own. */
export class OtherSchema extends Error {
  override readonly name = 'OtherSchema';
}

/** What the relay reads and writes, by table. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  hook: ['id', 'connection', 'event', 'target_url', 'operations', 'reference', 'created_at'],
  target: ['url', 'next_slot'],
  event: [
    ...['id', 'connection', 'task_id', 'rank', 'operation', 'status', 'reference', 'secret'],
    ...['body', 'signature', 'received_at'],
  ],
  delivery: [
    ...['id', 'connection', 'event_id', 'hook_id', 'target_url', 'state', 'attempts', 'answer'],
    ...['not_before', 'tried_since', 'tried_until', 'created_at', 'settled_at'],
  ],
  task_group: [
    ...['connection', 'name', 'size', 'callback_url', 'ended', 'last_event', 'called'],
    'created_at',
  ],
  sign_of_life: ['id', 'at'],
  started: [...['connection', 'task_id', 'secret', 'callback', 'worry_at', 'pause', 'started_at']],
  connection: [
    ...[
      'id',
      'introduced_at',
      'heard_at',
      'events',
      'bytes',
      'name',
      'over_quota_at',
      'over_quota',
    ],
  ],
  task: [
    ...['id', 'connection', 'task_id', 'rank', 'operation', 'status', 'reference', 'service'],
    ...['model', 'prompt', 'text', 'picture', 'media', 'links', 'credits_used', 'credits_unit'],
    ...['error_kind', 'error_message', 'duration_seconds', 'started_at', 'updated_at', 'ended_at'],
  ],
  daily: [
    ...['day', 'connection', 'operation', 'model', 'outcome', 'credits_unit', 'bucket', 'tasks'],
    'credits',
  ],
};

const column = zod.object({ name: zod.string() });

/** @throws OtherSchema when a table or a column is not there, which would fail deliveries one by one */
export async function checkSchema(sql: Sql): Promise<void> {
  const found = await sql.rows(
    column,
    `select table_name || '.' || column_name as name
     from information_schema.columns where table_schema = 'relay'`,
  );
  const names = new Set(found.map(({ name }) => name));
  const missing = Object.entries(COLUMNS)
    .flatMap(([table, columns]) => columns.map((name) => `${table}.${name}`))
    .filter((name) => !names.has(name));
  if (missing.length > 0) {
    throw new OtherSchema(
      `The schema relay of this database is not as the relay makes it: ${missing.slice(0, 3).join(', ')} ${missing.length > 3 ? `and ${missing.length - 3} more are` : 'is'} missing. Bring back what was renamed or removed, or use an empty database.`,
    );
  }
}

/** @throws OtherSchema when a newer relay has migrated the database further than this one can */
export function ensureNotNewer(migrations: readonly number[], known: number): void {
  const newest = Math.max(-1, ...migrations) + 1;
  if (newest > known) {
    throw new OtherSchema(
      `A newer relay has used this database: it has migration ${newest}, and this relay knows ${known}. Run that version or a newer one.`,
    );
  }
}
