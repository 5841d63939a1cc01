import type { ZObject } from 'zapier-platform-core';
import type { Operation } from '../midjourney/operations.ts';
import { haveEnded, type Task } from '../midjourney/task.ts';
import { stepOutput } from '../output/step_output.ts';
import type { TaskOutput } from '../output/task_output.ts';
import type { Connection } from '../services/connection.ts';
import { ensureSuccess } from './ensure_success.ts';
import { endOfPoll } from './poll.ts';
import { readUntilEnded } from './read_until_ended.ts';
import { stillRunning } from './still_running.ts';

/**
 * In the editor nothing waits for a callback: what is known after a short while is the result.
 * @param options.waitsUnaided see `Webhooks`
 * @throws what a run would stop with
 */
export async function resultInEditor(
  z: ZObject,
  connection: Connection,
  operation: Operation,
  tasks: readonly Task[],
  options: { reference: string; waitsUnaided: boolean; end: number },
): Promise<TaskOutput> {
  const now = await readUntilEnded(z, connection, tasks, endOfPoll(options.end));
  ensureSuccess(z, connection, operation, now);
  if (options.waitsUnaided && !haveEnded(now)) {
    throw stillRunning(
      z,
      connection,
      operation,
      now.flatMap(({ id }) => id || []),
    );
  }
  return stepOutput(z, now, options.reference);
}
