import type { ZObject } from 'zapier-platform-core';
import { deliveryFor } from '../delivery/delivery_for.ts';
import type { Task } from '../midjourney/task.ts';
import type { Connection } from '../services/connection.ts';
import { historyPage } from '../services/history.ts';
import { withKnownStart } from './known_start.ts';

/** Zapier takes up to 100 new items from each poll. */
const MOST = 100;

/**
 * The account's newest tasks as the service lists them, whoever started them; where it has no list,
 * those that steps of this connection started.
 */
export async function accountTasks(z: ZObject, connection: Connection): Promise<readonly Task[]> {
  const { tasks } = await historyPage(z, connection, '', MOST, MOST);
  const known = tasks.length > 0 ? tasks : (await deliveryFor(z, connection).recentTasks('')).tasks;
  return Promise.all(known.map((task) => withKnownStart(z, connection, task)));
}
