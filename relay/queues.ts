import type { PgBoss } from 'pg-boss';

/** One job for each delivery that waits; its data is the delivery's id. */
export const DELIVER = 'deliver';
/** Where the engine puts a job whose tries are used up. */
export const DEAD = 'deliver-dead';
export const TIDY = 'tidy';

/**
 * The engine waits between the delay and twice as much, doubled each time until it is the longest.
 * So the first try again comes after 2 to 4 s, and thirty take at least 38 hours.
 */
const TRIES_AGAIN = {
  retryLimit: 30,
  retryBackoff: true,
  retryDelay: 2,
  retryDelayMax: 2 * 3600,
} as const;

/** A job is only a reminder; what became of its delivery is kept with the delivery. */
const FORGOTTEN_AFTER = { deleteAfterSeconds: 600 } as const;

/** Makes the queues, once for all relays on a database. */
export async function createQueues(boss: PgBoss): Promise<void> {
  await boss.createQueue(DEAD, { ...FORGOTTEN_AFTER, retryLimit: 30, retryDelay: 10 });
  await boss.createQueue(DELIVER, {
    ...TRIES_AGAIN,
    ...FORGOTTEN_AFTER,
    deadLetter: DEAD,
    notify: true,
    // A relay says that it works on its jobs; those of one that died are taken up by another then.
    heartbeatSeconds: 10,
    // Longer than a batch ever takes.
    expireInSeconds: 60,
  });
  await boss.createQueue(TIDY, FORGOTTEN_AFTER);
}
