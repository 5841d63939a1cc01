import type { ZObject } from 'zapier-platform-core';
import { haveEnded, type Task } from '../midjourney/task.ts';
import type { Connection } from '../services/connection.ts';
import { readTaskBody, readTasksOf } from '../services/read_tasks.ts';
import { endOfPoll, poll } from './poll.ts';

/** A task as it is now. Some services do not return the prompt, which the step knows. */
export const withKnownPrompt = (started: Task, now: Task | undefined): Task =>
  now ? { ...now, prompt: now.prompt || started.prompt } : started;

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
  return tasks.map((task) => withKnownPrompt(task, now.get(task.id)));
}

/** The tasks, read until all have ended or the time is up. @param end epoch milliseconds */
export async function readUntilEnded(
  z: ZObject,
  connection: Connection,
  tasks: readonly Task[],
  end: number,
): Promise<readonly Task[]> {
  const read = () => readAgain(z, connection, tasks, end);
  return haveEnded(tasks) ? tasks : ((await poll(read, haveEnded, endOfPoll(end))) ?? tasks);
}
