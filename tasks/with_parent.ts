import type { ZObject } from 'zapier-platform-core';
import { inputError } from '../fields/checked_input.ts';
import { readParent } from '../fields/read_parent.ts';
import type { Operation } from '../midjourney/operations.ts';
import type { TaskInput } from '../midjourney/task_input.ts';
import type { Connection } from '../services/connection.ts';
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
  const take = connection.service.fromParent?.[operation];
  const id = input.origin_task_id;
  if (!take || id === undefined) {
    return input;
  }
  const parent = await readParent(z, connection, id, end);
  const taken = take(input, await withKnownStart(z, connection, parent));
  if (typeof taken === 'string') {
    throw inputError(z, [taken]);
  }
  return taken;
}
