import * as zod from 'zod';
import type { Sql } from '../database.ts';

/** Zapier answers 429 above 30 requests a second for each hook. */
const PER_SECOND = 25;
const SPACING_MILLISECONDS = 1000 / PER_SECOND;

/** Locks rows in the order of their URLs, so that two relays cannot deadlock. */
const RESERVE = `
  insert into relay.target (url, next_slot)
  select url, now() + amount * interval '${SPACING_MILLISECONDS} milliseconds'
  from json_to_recordset($1::json) as requested (url text, amount integer) order by url
  on conflict (url) do update
    set next_slot = greatest(target.next_slot, now()) + (excluded.next_slot - now())
  returning url, (extract(epoch from next_slot) * 1000)::float8 as ends`;

const targetRow = zod.object({ url: zod.string(), ends: zod.number() });

/**
 * Reserves a time slot for each delivery, so that all relays together keep to the rate limit of a
 * target URL, whichever hooks share it. A paused target has its next slot after the pause.
 * @param urls the target of each delivery; repeated for several
 * @returns the slots of each target, in epoch milliseconds of the database's clock
 */
export async function reserveSlots(
  sql: Sql,
  urls: readonly string[],
): Promise<ReadonlyMap<string, number[]>> {
  if (urls.length === 0) {
    return new Map();
  }
  const amounts = new Map<string, number>();
  for (const url of urls) {
    amounts.set(url, (amounts.get(url) ?? 0) + 1);
  }
  const requested = [...amounts].map(([url, amount]) => ({ url, amount }));
  const rows = await sql.rows(targetRow, RESERVE, [JSON.stringify(requested)]);
  return new Map(
    rows.map(({ url, ends }) => {
      const amount = amounts.get(url) ?? 0;
      return [
        url,
        Array.from({ length: amount }, (_, n) => ends - (amount - n) * SPACING_MILLISECONDS),
      ];
    }),
  );
}

/** Pauses a target: its next slot is at least so many seconds away. */
export const pauseTarget = (sql: Sql, url: string, seconds: number): Promise<void> =>
  sql.run(
    `insert into relay.target (url, next_slot) values ($1, now() + $2 * interval '1 second')
     on conflict (url) do update set next_slot = greatest(target.next_slot, excluded.next_slot)`,
    [url, seconds],
  );

/** Deletes targets not called for an hour, such as the callback URLs of steps that waited. */
export const deleteIdleTargets = (sql: Sql): Promise<void> =>
  sql.run(`delete from relay.target where next_slot < now() - interval '1 hour'`);
