import type { ZObject } from 'zapier-platform-core';
import { hasEnded, isWhole, lacksResult, type Task } from '../midjourney/task.ts';
import type { Connection } from '../services/connection.ts';
import { type ReadTask, readTaskBody } from '../services/read_tasks.ts';
import { poll } from './poll.ts';

/**
 * Reads a task until it has ended with its result, or the time is up.
 * @param end epoch milliseconds
 * @returns what was read last; undefined when nothing could be read
 */
export const readWhole = (
  z: ZObject,
  connection: Connection,
  taskId: string,
  end: number,
): Promise<ReadTask | undefined> =>
  poll(
    () => readTaskBody(z, connection, taskId, end),
    (read) => read !== undefined && isWhole(read.task),
    end,
  );

/**
 * The end of a task with its result. One that is reported finished with nothing in it is read
 * anew: its pictures were seen to come a moment later, and the end itself as well.
 * @param end epoch milliseconds by which there has to be an answer
 * @returns undefined when the service says that the task still runs, so it was no end
 */
export async function wholeEnd(
  z: ZObject,
  connection: Connection,
  task: Task,
  end: number,
): Promise<Task | undefined> {
  if (!lacksResult(task)) {
    return task;
  }
  const read = await readWhole(z, connection, task.id, end);
  if (!read) {
    return task;
  }
  return hasEnded(read.task) ? read.task : undefined;
}
