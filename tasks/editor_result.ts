import type { ZObject } from 'zapier-platform-core';
import type { Operation } from '../midjourney/operations.ts';
import type { Task } from '../midjourney/task.ts';
import { stepOutput } from '../output/step_output.ts';
import type { TaskOutput } from '../output/task_output.ts';
import type { Connection } from '../services/connection.ts';
import { ensureSuccess } from './ensure_success.ts';
import { readUntilEnded } from './read_until_ended.ts';

/** In the editor nothing waits for a callback: what is known after a short while is the result. */
export async function resultInEditor(
  z: ZObject,
  connection: Connection,
  operation: Operation,
  tasks: readonly Task[],
  reference: string,
  end: number,
): Promise<TaskOutput> {
  const now = await readUntilEnded(z, connection, tasks, end);
  ensureSuccess(z, connection, operation, now);
  return stepOutput(z, now, reference);
}
