import type { Database, Sql } from '../database.ts';
import { unsubscribe } from '../store/hooks.ts';
import type { Outcome } from './attempt.ts';
import type { DueDelivery } from './due_deliveries.ts';
import { pauseTarget } from './slots.ts';

/** A delivery and the outcome of its attempt. */
export interface AttemptResult {
  readonly due: DueDelivery;
  readonly outcome: Outcome;
}

/** The state after each outcome; '' leaves the delivery waiting for its retry. */
const STATE = { delivered: 'delivered', gone: 'ended', failed: '', busy: '' } as const;

/**
 * Dead letters are updated too: one whose retries ran out while its last attempt was still running
 * may have been delivered by it.
 */
const WRITE = `
  update relay.delivery set
    attempts = delivery.attempts + 1,
    answer = result.answer,
    state = case when result.state = '' then delivery.state else result.state end,
    settled_at = case when result.state = '' then delivery.settled_at else now() end,
    not_before = now() + result.pause * interval '1 second',
    tried_until = null
  from json_to_recordset($1::json) as result (id bigint, state text, answer text, pause integer)
  where delivery.id = result.id and delivery.state in ('waiting', 'dead')`;

const write = (sql: Sql, results: readonly AttemptResult[]): Promise<void> =>
  sql.run(WRITE, [
    JSON.stringify(
      results.map(({ due, outcome }) => ({
        id: due.id,
        state: STATE[outcome.kind],
        answer: outcome.answer,
        pause: outcome.kind === 'busy' ? outcome.seconds : 0,
      })),
    ),
  ]);

/** Renewed while the attempt goes on; when its relay dies, another soon may try. */
const IN_FLIGHT_LEASE = `interval '6 seconds'`;
export const RENEW_MILLISECONDS = 2_000;

/** Marks deliveries as still being attempted, so that no instance starts another attempt. */
export async function markInFlight(sql: Sql, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) {
    await sql.run(
      `update relay.delivery set tried_until = now() + ${IN_FLIGHT_LEASE}
       where id = any($1::bigint[]) and state = 'waiting'`,
      [ids],
    );
  }
}

/** Records the outcomes, unsubscribes hooks that are gone and pauses targets that are busy. */
export async function recordOutcomes(
  database: Database,
  results: readonly AttemptResult[],
): Promise<void> {
  if (results.length === 0) {
    return;
  }
  await write(database, results);
  for (const { due, outcome } of results) {
    if (due.hook_id !== null && outcome.kind === 'gone') {
      await unsubscribe(database, due.hook_id, undefined);
    } else if (outcome.kind === 'busy') {
      await pauseTarget(database, due.target_url, outcome.seconds);
    }
  }
}
