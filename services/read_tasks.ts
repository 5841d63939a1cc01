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

/**
 * The task as the service knows it now; undefined when it knows none by this id.
 * @param end epoch milliseconds by which there has to be an answer
 */
export async function readTaskBody(
  z: ZObject,
  connection: Connection,
  taskId: string,
  end = Number.POSITIVE_INFINITY,
): Promise<ReadTask | undefined> {
  const { service } = connection;
  const body = await call(z, connection, service.fetchRequest(taskId), {
    mayBeMissing: true,
    end,
  });
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
  end = Number.POSITIVE_INFINITY,
): Promise<ReadonlyMap<string, Task>> {
  const { service } = connection;
  return service.readMany(await call(z, connection, service.fetchManyRequest(taskIds), { end }));
}

const PAUSE_MILLISECONDS = 2_000;

/**
 * Reads again and again, until it is done or another pause would pass the end. A read that fails is
 * no answer yet: tasks that run and cost must not be lost because they could not be read once.
 * @param end epoch milliseconds
 * @returns what was read last; undefined when nothing could be read
 */
export async function poll<Read>(
  read: () => Promise<Read>,
  isDone: (read: Read) => boolean,
  end: number,
): Promise<Read | undefined> {
  let last: Read | undefined;
  do {
    const now = await read().then(
      (value) => ({ value }),
      () => undefined,
    );
    last = now ? now.value : last;
    if (now && isDone(now.value)) {
      break;
    }
  } while (Date.now() + PAUSE_MILLISECONDS < end && (await pause(PAUSE_MILLISECONDS, true)));
  return last;
}

/** Whether none of these is still worked on; one that is not known has no end to wait for. */
export const haveEnded = (tasks: Iterable<Task | undefined>): boolean =>
  [...tasks].every((task) => !task || hasEnded(task));
