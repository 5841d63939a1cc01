import type { ZObject } from 'zapier-platform-core';
import { cacheOf } from '../delivery/cache.ts';
import type { Operation } from '../midjourney/operations.ts';
import { haveEnded, type Task } from '../midjourney/task.ts';
import type { TaskInput } from '../midjourney/task_input.ts';
import type { OfferedOutput } from '../output/offered_output.ts';
import { stepOutput } from '../output/step_output.ts';
import type { Connection } from '../services/connection.ts';
import { ensureSuccess } from './ensure_success.ts';
import { readUntilEnded } from './read_until_ended.ts';
import { type Memory, recallTasks, rememberTasksOf } from './same_input.ts';

/** A run that nobody calls back: the editor's test of a step, or a call of an agent. */
export interface UnpausedRun {
  readonly connection: Connection;
  readonly operation: Operation;
  readonly inputs: readonly TaskInput[];
  readonly reference: string;
  /** In which runs the same input goes on with the same tasks; undefined: in none. */
  readonly memory: Memory | undefined;
  /** Said when the tasks still run and the next run will find them. */
  readonly runningHint: string;
  /** Said when an earlier run started the tasks. */
  readonly recalledHint: string;
  /** Said in any case; '' for nothing. */
  readonly alwaysHint: string;
  /** Epoch milliseconds by which it has to be done. */
  readonly end: number;
}

/**
 * Starts the tasks of a step, or goes on with those that were started with the same input, and reads
 * them for as long as there is time.
 * @param start starts the tasks
 * @throws what a run that waits would stop with
 */
export async function runToTheEnd(
  z: ZObject,
  run: UnpausedRun,
  start: () => Promise<readonly Task[]>,
): Promise<OfferedOutput> {
  const { connection, operation, inputs, memory, end } = run;
  const recalled = memory && (await recallTasks(z, connection, operation, memory, inputs, end));
  const tasks = recalled ?? (await start());
  const isRemembered =
    recalled !== undefined ||
    (memory !== undefined &&
      (await rememberTasksOf(cacheOf(z), connection, operation, memory, inputs, tasks)));
  const now = await readUntilEnded(z, connection, tasks, end);
  ensureSuccess(z, connection, operation, now);
  const hints = [
    recalled ? run.recalledHint : '',
    !haveEnded(now) && isRemembered ? run.runningHint : '',
    run.alwaysHint,
  ];
  return stepOutput(z, operation, now, run.reference, hints.filter(Boolean).join(' '));
}
