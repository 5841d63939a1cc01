import type { PgBoss } from 'pg-boss';

/** One job for each waiting delivery; its data is the delivery's id. */
export const DELIVER = 'deliver';
/** Where pg-boss moves a job that has no retries left. */
export const DEAD_LETTER = 'deliver-dead';
/** The hourly clean-up. Databases in use have a schedule under this name, so it must not change. */
export const CLEANUP = 'tidy';
/** Enters tasks of which there are only events, once at each start. */
export const SUM_UP = 'sum-up';
/** Asks about tasks whose ends are overdue, each minute. */
export const LOOK_AFTER = 'look-after';

/**
 * pg-boss waits a random time of once to twice the delay, doubled at each retry up to the maximum.
 * So the first retry comes after 2 to 4 s, and thirty take at least 38 hours.
 */
const RETRIES = {
  retryLimit: 30,
  retryBackoff: true,
  retryDelay: 2,
  retryDelayMax: 2 * 3600,
} as const;

/** Finished jobs can go: the state of a delivery is in its own row. */
const DELETE_FINISHED = { deleteAfterSeconds: 600 } as const;

/** Creates the queues that the database does not have yet. */
export async function createQueues(boss: PgBoss): Promise<void> {
  await boss.createQueue(DEAD_LETTER, { ...DELETE_FINISHED, retryLimit: 30, retryDelay: 10 });
  await boss.createQueue(DELIVER, {
    ...RETRIES,
    ...DELETE_FINISHED,
    deadLetter: DEAD_LETTER,
    notify: true,
    // A relay sends a heartbeat for its jobs; when it stops, another relay takes them over.
    heartbeatSeconds: 10,
    // Longer than any batch takes.
    expireInSeconds: 60,
  });
  await boss.createQueue(CLEANUP, DELETE_FINISHED);
  await boss.createQueue(LOOK_AFTER, DELETE_FINISHED);
  // Relays that start together do it once.
  await boss.createQueue(SUM_UP, {
    ...DELETE_FINISHED,
    policy: 'exclusive',
    expireInSeconds: 3600,
  });
}
