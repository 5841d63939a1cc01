import type { Dispatcher } from 'undici';
import { withWebhookParameters } from '../../delivery/webhook_url.ts';
import type { Database } from '../database.ts';
import { LOOK_AFTER } from '../queues.ts';
import { type OverdueTask, takeOverdue } from '../store/started.ts';
import { post } from './post.ts';

const TOGETHER = 10;

/**
 * Asks a Zap of the connection about a task whose end has not come. Its trigger has the API key: it
 * reads the task, and hands the end to the relay. Whether it could is seen by whether the end comes.
 */
async function ask(
  dispatcher: Dispatcher,
  { task_id, secret, callback, age, target_url }: OverdueTask,
): Promise<void> {
  const url = new URL(withWebhookParameters(target_url, { overdue: task_id }));
  const question = { secret, signature: '', body: JSON.stringify({ callback, age }) };
  const answer = await post(dispatcher, url, question);
  await answer.body.dump();
}

/** Asks about all tasks that are overdue now. @returns about how many */
export async function lookAfterOverdue(
  database: Database,
  dispatcher: Dispatcher,
): Promise<number> {
  const tasks = await takeOverdue(database);
  const left = [...tasks];
  const lane = async (): Promise<void> => {
    for (let task = left.shift(); task; task = left.shift()) {
      await ask(dispatcher, task).catch(() => undefined);
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, lane));
  return tasks.length;
}

/** Looks each minute; one of several relays does it. */
export async function startLookingAfter(database: Database, dispatcher: Dispatcher): Promise<void> {
  await database.boss.schedule(LOOK_AFTER, '* * * * *');
  await database.boss.work(LOOK_AFTER, async () => {
    await lookAfterOverdue(database, dispatcher);
  });
}
