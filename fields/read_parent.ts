import type { ZObject } from 'zapier-platform-core';
import type { Task } from '../midjourney/task.ts';
import type { Connection } from '../services/connection.ts';
import { readTaskBody } from '../services/read_tasks.ts';
import { inputError } from './checked_input.ts';

/**
 * The task that a step follows, where its input needs more of it than the id.
 * @param end epoch milliseconds by which there has to be an answer
 * @throws before anything is started, when the service knows no such task
 */
export async function readParent(
  z: ZObject,
  connection: Connection,
  id: string,
  end: number,
): Promise<Task> {
  const read = await readTaskBody(z, connection, id, end);
  if (!read) {
    throw inputError(z, [
      `Task: ${connection.service.label} knows no task ${id}. Check the Task ID: it may be mistyped, of another account, or no longer kept.`,
    ]);
  }
  return read.task;
}
