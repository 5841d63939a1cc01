import { setTimeout as pause } from 'node:timers/promises';
import type { ZObject } from 'zapier-platform-core';
import { hasEnded, type Task } from '../midjourney/task.ts';
import { call } from './call.ts';
import type { Connection } from './connection.ts';
import { NotATask } from './service.ts';

/** A task beside the body that it was read from. */
export interface ReadTask {
  readonly task: Task;
  readonly body: unknown;
}

/** The task as the service knows it now; undefined when it knows none by this id. */
export async function readTaskBody(
  z: ZObject,
  connection: Connection,
  taskId: string,
): Promise<ReadTask | undefined> {
  const { service } = connection;
  const body = await call(z, connection, service.fetchRequest(taskId), { mayBeMissing: true });
  try {
    return { task: service.readTask(body), body };
  } catch (error) {
    if (error instanceof NotATask) {
      return undefined;
    }
    throw error;
  }
}

/** The same without the body. */
export const readTaskOf = async (
  z: ZObject,
  connection: Connection,
  taskId: string,
): Promise<Task | undefined> => (await readTaskBody(z, connection, taskId))?.task;

/** Those of these tasks that the service knows, by id, in one call. */
export async function readTasksOf(
  z: ZObject,
  connection: Connection,
  taskIds: readonly string[],
): Promise<ReadonlyMap<string, Task>> {
  const { service } = connection;
  return service.readMany(await call(z, connection, service.fetchManyRequest(taskIds)));
}

const PAUSE_MILLISECONDS = 2_000;

/**
 * Reads again and again, until it is done or another pause would pass the end.
 * @param end epoch milliseconds
 */
export async function poll<Read>(
  read: () => Promise<Read>,
  isDone: (read: Read) => boolean,
  end: number,
): Promise<Read> {
  for (;;) {
    const now = await read();
    if (isDone(now) || Date.now() + PAUSE_MILLISECONDS > end) {
      return now;
    }
    await pause(PAUSE_MILLISECONDS);
  }
}

/** Whether none of these is still worked on; one that is not known has no end to wait for. */
export const haveEnded = (tasks: Iterable<Task | undefined>): boolean =>
  [...tasks].every((task) => !task || hasEnded(task));
