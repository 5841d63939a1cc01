import type { Database, Sql } from '../database.ts';
import { unsubscribe } from '../store/hooks.ts';
import type { Outcome } from './attempt.ts';
import type { Due } from './due.ts';
import { pauseTarget } from './slots.ts';

/** A delivery that was tried. */
export interface Tried {
  readonly due: Due;
  readonly outcome: Outcome;
}

/** A try that failed leaves the delivery waiting; the engine comes back to it. */
const STATE = { delivered: 'delivered', gone: 'ended', failed: '', busy: '' } as const;

/** One whose tries were used up while its last one was still going on may yet arrive. */
const WRITE = `
  update relay.delivery set
    attempts = delivery.attempts + 1,
    answer = tried.answer,
    state = case when tried.state = '' then delivery.state else tried.state end,
    settled_at = case when tried.state = '' then delivery.settled_at else now() end,
    not_before = now() + tried.pause * interval '1 second',
    tried_until = null
  from json_to_recordset($1::json) as tried (id bigint, state text, answer text, pause integer)
  where delivery.id = tried.id and delivery.state in ('waiting', 'dead')`;

const write = (sql: Sql, tried: readonly Tried[]): Promise<void> =>
  sql.run(WRITE, [
    JSON.stringify(
      tried.map(({ due, outcome }) => ({
        id: due.id,
        state: STATE[outcome.kind],
        answer: outcome.answer,
        pause: outcome.kind === 'busy' ? outcome.seconds : 0,
      })),
    ),
  ]);

/** Longer than an attempt lasts, with the second that it may wait for its slot. */
const HELD = `interval '20 seconds'`;

/** Keeps everybody from trying these while the attempt that is on its way lasts. */
export async function holdBack(sql: Sql, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) {
    await sql.run(
      `update relay.delivery set tried_until = now() + ${HELD}
       where id = any($1::bigint[]) and state = 'waiting'`,
      [ids],
    );
  }
}

/** Writes down what became of deliveries, and what that says about their targets. */
export async function record(database: Database, tried: readonly Tried[]): Promise<void> {
  if (tried.length === 0) {
    return;
  }
  await write(database, tried);
  for (const { due, outcome } of tried) {
    if (due.hook_id !== null && outcome.kind === 'gone') {
      await unsubscribe(database, due.hook_id, undefined);
    } else if (outcome.kind === 'busy') {
      await pauseTarget(database, due.target_url, outcome.seconds);
    }
  }
}
