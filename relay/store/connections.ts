import * as zod from 'zod';
import { inBatches } from '../batches.ts';
import type { Sql } from '../database.ts';

/** What the database holds of a connection. */
export interface Usage {
  /** Events in store. */
  events: number;
  /** Of the bodies of those events. */
  bytes: number;
  /** So many deliveries an event has at the most. */
  readonly hooks: number;
  /** Whether it was written down that the connection is over a quota; read anew as well. */
  isOverNoted: boolean;
}

/** The connections that were introduced: by a Zap that was switched on, or by a step. */
export interface Connections {
  /** Enters a connection, or notes that it is still in use. */
  introduce(id: string): Promise<void>;
  /** Undefined for one that nobody has introduced. What is found may be some seconds old. */
  find(id: string): Promise<Usage | undefined>;
  /** Writes down that a connection is over a quota, for whoever looks what needs somebody. Never rejects. */
  noteOverQuota(id: string, usage: Usage, which: string): Promise<void>;
}

const FRESH_MILLISECONDS = 20_000;

const MAX_REMEMBERED = 10_000;

const INTRODUCE = `
  insert into relay.connection (id) values ($1)
  on conflict (id) do update set heard_at = now()
    where connection.heard_at < now() - interval '1 hour'`;

const NOTE_OVER_QUOTA = `
  update relay.connection set over_quota_at = now(), over_quota = $2 where id = $1`;

const usageRow = zod.object({
  id: zod.string(),
  events: zod.coerce.number(),
  bytes: zod.coerce.number(),
  hooks: zod.number(),
});

interface Remembered {
  readonly until: number;
  readonly usage: Promise<Usage | undefined>;
}

export function createConnections(sql: Sql): Connections {
  const remembered = new Map<string, Remembered>();

  /** Together, for strangers may ask for very many. */
  const read = inBatches(
    async (ids: readonly string[]): Promise<(Usage | undefined)[]> => {
      const rows = await sql.rows(
        usageRow,
        `select id, events::text, bytes::text,
           (select count(*)::integer from relay.hook where hook.connection = connection.id) as hooks
         from relay.connection where id = any($1)`,
        [[...ids]],
      );
      const found = new Map(rows.map(({ id, ...usage }) => [id, { ...usage, isOverNoted: false }]));
      return ids.map((id) => found.get(id));
    },
    { maxSize: 200, isItemsFault: () => false },
  );

  return {
    async introduce(id) {
      await sql.run(INTRODUCE, [id]);
      remembered.delete(id);
    },
    async noteOverQuota(id, usage, which) {
      if (!usage.isOverNoted) {
        usage.isOverNoted = true;
        await sql.run(NOTE_OVER_QUOTA, [id, which]).catch(() => undefined);
      }
    },
    find(id) {
      const known = remembered.get(id);
      if (known && known.until > performance.now()) {
        return known.usage;
      }
      const usage = read(id);
      remembered.delete(id);
      remembered.set(id, { until: performance.now() + FRESH_MILLISECONDS, usage });
      const [oldest] = remembered.size > MAX_REMEMBERED ? remembered.keys() : [];
      if (oldest !== undefined) {
        remembered.delete(oldest);
      }
      // One that is unknown may be introduced at any moment, through another instance as well.
      const forget = () => remembered.delete(id);
      usage.then((found) => found ?? forget(), forget);
      return usage;
    },
  };
}
