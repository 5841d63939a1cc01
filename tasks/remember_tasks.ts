import type { ZObject } from 'zapier-platform-core';
import { cacheOf } from '../delivery/cache.ts';
import { promptOfStarted, rememberStarted } from '../delivery/started_tasks.ts';
import type { Task } from '../midjourney/task.ts';
import type { Connection } from '../services/connection.ts';

/**
 * Remembers what a step knows of the tasks that it started, for as long as that may help.
 * @param known.parent the task that they follow, whose prompt they go on with
 * @returns the tasks with that prompt
 */
export async function rememberTasks(
  z: ZObject,
  { service: { remembersLittle = false } }: Connection,
  tasks: readonly Task[],
  { reference, parent }: { readonly reference: string; readonly parent: string | undefined },
): Promise<Task[]> {
  if (!remembersLittle && reference === '') {
    return [...tasks];
  }
  const cache = cacheOf(z);
  const inherited =
    remembersLittle && parent !== undefined ? await promptOfStarted(cache, parent) : '';
  const known = tasks.map((task) => ({ ...task, prompt: task.prompt || inherited }));
  const started = known
    .filter(({ id }) => id !== '')
    .map(({ id, prompt }) => ({ id, prompt, reference }));
  await rememberStarted(cache, started, remembersLittle);
  return known;
}
