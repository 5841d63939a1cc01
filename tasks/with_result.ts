import type { ZObject } from 'zapier-platform-core';
import { lacksResult, type Task } from '../midjourney/task.ts';
import type { Connection } from '../services/connection.ts';
import { readTaskBody } from '../services/read_tasks.ts';

/**
 * A task that is reported finished with nothing in it is read once more: its pictures were seen to
 * come a moment after the end was reported.
 * @param end epoch milliseconds by which there has to be an answer
 */
export async function withResult(
  z: ZObject,
  connection: Connection,
  task: Task,
  end: number,
): Promise<Task> {
  if (!lacksResult(task)) {
    return task;
  }
  const read = await readTaskBody(z, connection, task.id, end).catch(() => undefined);
  return read && !lacksResult(read.task) ? read.task : task;
}
