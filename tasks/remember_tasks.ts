import type { ZObject } from 'zapier-platform-core';
import { type Cache, cacheOf } from '../delivery/cache.ts';
import { rememberStarted, startOf } from '../delivery/started_tasks.ts';
import { inTime } from '../errors/in_time.ts';
import type { Task } from '../midjourney/task.ts';
import type { Connection } from '../services/connection.ts';

/** A step that has started its tasks does not wait longer for a memory that may be slow. */
const PATIENCE_MILLISECONDS = 3_000;

/** What the tasks of a step have in common. */
interface StartedStep {
  readonly reference: string;
  /** The task that they follow, whose prompt they go on with. */
  readonly parent: string | undefined;
}

async function remember(
  cache: Cache,
  tasks: readonly Task[],
  { reference, parent }: StartedStep,
  remembersLittle: boolean,
): Promise<readonly Task[]> {
  const inherited =
    remembersLittle && parent !== undefined ? (await startOf(cache, parent)).prompt : '';
  const known = tasks.map((task) => ({ ...task, prompt: task.prompt || inherited }));
  const started = known
    .filter(({ id }) => id !== '')
    .map(({ id, operation, prompt }) => ({ id, operation, prompt, reference }));
  await rememberStarted(cache, started, remembersLittle);
  return known;
}

/**
 * Remembers what a step knows of the tasks that it started, for as long as that may help.
 * @param end epoch milliseconds; with no time left nothing is remembered
 * @returns the tasks, with the prompt that they go on with
 */
export async function rememberTasks(
  z: ZObject,
  { service: { remembersLittle = false } }: Connection,
  tasks: readonly Task[],
  step: StartedStep,
  end: number,
): Promise<readonly Task[]> {
  if (!remembersLittle && step.reference === '') {
    return tasks;
  }
  const time = Math.max(0, Math.min(PATIENCE_MILLISECONDS, end - Date.now()));
  return inTime(time, remember(cacheOf(z), tasks, step, remembersLittle), () => tasks);
}
