import type { ZObject } from 'zapier-platform-core';
import { inputError } from '../fields/checked_input.ts';
import type { Operation } from '../midjourney/operations.ts';
import type { TaskInput } from '../midjourney/task_input.ts';
import type { Connection } from '../services/connection.ts';
import { readTaskBody } from '../services/read_tasks.ts';
import { withKnownStart } from './known_start.ts';

/**
 * An input with what the operation takes out of its parent task, where it does that at this service.
 * @param end epoch milliseconds
 * @throws before anything is started, when the parent is not known or cannot be followed so
 */
export async function withParent(
  z: ZObject,
  connection: Connection,
  operation: Operation,
  input: TaskInput,
  end: number,
): Promise<TaskInput> {
  const { service } = connection;
  const take = service.fromParent?.[operation];
  const id = input.origin_task_id;
  if (!take || id === undefined) {
    return input;
  }
  const read = await readTaskBody(z, connection, id, end);
  const taken = read
    ? take(input, await withKnownStart(z, connection, read.task))
    : `Task: ${service.label} knows no task ${id}. It may be mistyped, of another account, or no longer kept.`;
  if (typeof taken === 'string') {
    throw inputError(z, [taken]);
  }
  return taken;
}
