import { createHash } from 'node:crypto';
import type { ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { type Cache, cacheOf } from '../delivery/cache.ts';
import type { Operation } from '../midjourney/operations.ts';
import type { Task } from '../midjourney/task.ts';
import type { TaskInput } from '../midjourney/task_input.ts';
import type { Connection } from '../services/connection.ts';
import { hiddenUntil, readTasksOf } from '../services/read_tasks.ts';
import { asStartedNow } from './read_until_ended.ts';
import { asStarted, startedTask, taskFrom } from './started_tasks.ts';

/** Runs that go on with the tasks of an earlier one with the same input. */
export interface Memory {
  readonly name: string;
  readonly seconds: number;
}

/** The editor's tests: as long as a service keeps results at the most; one that has forgotten a task says so. */
export const TESTS: Memory = { name: 'tested', seconds: 30 * 24 * 3600 };

/** Calls of agents, which repeat one whose answer they did not understand. */
export const CALLS: Memory = { name: 'called', seconds: 60 };

const rememberedTasks = zod.array(startedTask).check(zod.minLength(1));

/** What tells one run from another: the same step with the same input is the same. */
const keyOf = (
  { name }: Memory,
  { service }: Connection,
  operation: Operation,
  inputs: readonly TaskInput[],
): string =>
  `${name}:${createHash('sha256')
    .update(JSON.stringify([service.key, operation, inputs]))
    .digest('base64url')}`;

/** @returns whether the next run with this input will find them */
export const rememberTasksOf = (
  cache: Cache,
  connection: Connection,
  operation: Operation,
  memory: Memory,
  inputs: readonly TaskInput[],
  tasks: readonly Task[],
): Promise<boolean> =>
  cache
    .set(keyOf(memory, connection, operation, inputs), tasks.map(asStarted), memory.seconds)
    .catch(() => false);

/**
 * The tasks that an earlier run started with this input, as they are now. Undefined when there was
 * none, when all of them have failed, or when the service no longer knows them: then they may be
 * started anew.
 * @param end epoch milliseconds
 */
export async function recallTasks(
  z: ZObject,
  connection: Connection,
  operation: Operation,
  memory: Memory,
  inputs: readonly TaskInput[],
  end: number,
): Promise<Task[] | undefined> {
  const remembered = zod.safeParse(
    rememberedTasks,
    await cacheOf(z)
      .get(keyOf(memory, connection, operation, inputs))
      .catch(() => undefined),
  );
  if (!remembered.success) {
    return undefined;
  }
  const tasks = remembered.data.map((started) => taskFrom(operation, started));
  const ids = tasks.flatMap(({ id }) => id || []);
  const now = await readTasksOf(z, connection, ids, end, hiddenUntil(connection)).catch(
    () => undefined,
  );
  // Tasks that cannot be read just now may well run, and cost.
  if (!now) {
    return tasks;
  }
  const isLost = (id: string): boolean => (now.get(id)?.status ?? 'failed') === 'failed';
  return ids.every(isLost) ? undefined : tasks.map((task) => asStartedNow(task, now.get(task.id)));
}
