import * as zod from 'zod';
import type { Sql } from '../database.ts';

/** Zapier answers 429 above 30 a second for each hook. */
const PER_SECOND = 25;
const SPACING_MILLISECONDS = 1000 / PER_SECOND;

/** Rows are locked in the order of their URLs, so that two relays never wait for each other. */
const RESERVE = `
  insert into relay.target (url, next_slot)
  select url, now() + amount * interval '${SPACING_MILLISECONDS} milliseconds'
  from json_to_recordset($1::json) as wish (url text, amount integer) order by url
  on conflict (url) do update
    set next_slot = greatest(target.next_slot, now()) + (excluded.next_slot - now())
  returning url, (extract(epoch from next_slot) * 1000)::float8 as ends`;

const reserved = zod.object({ url: zod.string(), ends: zod.number() });

/**
 * Reserves a time for each delivery to a target: whoever delivers, and for whichever hook, all
 * relays together keep to the rate. A target that asked for a pause has its next slot after it.
 * @param urls one for each delivery
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
  const wishes = [...amounts].map(([url, amount]) => ({ url, amount }));
  const rows = await sql.rows(reserved, RESERVE, [JSON.stringify(wishes)]);
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

/** Gives no slot of this target before so many seconds have passed. */
export const pauseTarget = (sql: Sql, url: string, seconds: number): Promise<void> =>
  sql.run(
    `insert into relay.target (url, next_slot) values ($1, now() + $2 * interval '1 second')
     on conflict (url) do update set next_slot = greatest(target.next_slot, excluded.next_slot)`,
    [url, seconds],
  );

/** Forgets the targets that nobody has called for an hour, such as those of steps that waited. */
export const forgetIdleTargets = (sql: Sql): Promise<void> =>
  sql.run(`delete from relay.target where next_slot < now() - interval '1 hour'`);
