import type { ZObject } from 'zapier-platform-core';
import { isWhole, type Task } from '../midjourney/task.ts';
import type { Connection } from '../services/connection.ts';
import { readTaskBody, readTasksOf } from '../services/read_tasks.ts';
import { poll } from './poll.ts';

/** A task as it is now. Some services do not return what it was started with, which the step knows. */
export const asStartedNow = (started: Task, now: Task | undefined): Task =>
  now ? { ...now, operation: started.operation, prompt: now.prompt || started.prompt } : started;

/**
 * The tasks as they are now. Those that were never started stay as they are; those of a group are
 * read in one call.
 */
async function readAgain(
  z: ZObject,
  connection: Connection,
  tasks: readonly Task[],
  end: number,
): Promise<readonly Task[]> {
  const ids = tasks.map(({ id }) => id).filter(Boolean);
  const [only] = ids;
  const now =
    only !== undefined && ids.length === 1
      ? new Map([[only, (await readTaskBody(z, connection, only, end))?.task]])
      : await readTasksOf(z, connection, ids, end);
  return tasks.map((task) => asStartedNow(task, now.get(task.id)));
}

/** The tasks, read until all have ended with their results, or the time is up. @param end epoch milliseconds */
export async function readUntilEnded(
  z: ZObject,
  connection: Connection,
  tasks: readonly Task[],
  end: number,
): Promise<readonly Task[]> {
  const read = () => readAgain(z, connection, tasks, end);
  const areWhole = (now: readonly Task[]) => now.every(isWhole);
  return areWhole(tasks) ? tasks : ((await poll(read, areWhole, end)) ?? tasks);
}
