import * as zod from 'zod';
import type { Sql } from '../database.ts';

/** Zapier answers 429 above 30 a second for each hook. */
const PER_SECOND = 25;
const SPACING_MILLISECONDS = 1000 / PER_SECOND;

/** Rows are locked in the order of their ids, so that two relays never wait for each other. */
const RESERVE = `
  with wanted as (
    select * from json_to_recordset($1::json) as wish (hook_id uuid, amount integer)
  ), locked as (
    select hook.id, wanted.amount from relay.hook join wanted on wanted.hook_id = hook.id
    order by hook.id for update of hook
  )
  update relay.hook
  set next_slot = greatest(next_slot, now()) + locked.amount * interval '${SPACING_MILLISECONDS} milliseconds'
  from locked where hook.id = locked.id
  returning hook.id::text, (extract(epoch from hook.next_slot) * 1000)::float8 as ends`;

const reserved = zod.object({ id: zod.string(), ends: zod.number() });

/**
 * Reserves a time for each delivery to a hook: whoever delivers, all relays together keep to the
 * rate. A hook that asked for a pause has its next slot after it.
 * @param hookIds one for each delivery
 * @returns the slots of each hook, in epoch milliseconds of the database's clock
 */
export async function reserveSlots(
  sql: Sql,
  hookIds: readonly string[],
): Promise<ReadonlyMap<string, number[]>> {
  if (hookIds.length === 0) {
    return new Map();
  }
  const amounts = new Map<string, number>();
  for (const id of hookIds) {
    amounts.set(id, (amounts.get(id) ?? 0) + 1);
  }
  const wishes = [...amounts].map(([hook_id, amount]) => ({ hook_id, amount }));
  const rows = await sql.rows(reserved, RESERVE, [JSON.stringify(wishes)]);
  return new Map(
    rows.map(({ id, ends }) => {
      const amount = amounts.get(id) ?? 0;
      return [
        id,
        Array.from({ length: amount }, (_, n) => ends - (amount - n) * SPACING_MILLISECONDS),
      ];
    }),
  );
}

/** Gives no slot of this hook before so many seconds have passed. */
export const pauseHook = (sql: Sql, hookId: string, seconds: number): Promise<void> =>
  sql.run(
    `update relay.hook set next_slot = greatest(next_slot, now() + $2 * interval '1 second') where id = $1`,
    [hookId, seconds],
  );
