import { setTimeout as pause } from 'node:timers/promises';
import type { ZObject } from 'zapier-platform-core';
import type { Task } from '../midjourney/task.ts';
import { call } from './call.ts';
import type { Connection } from './connection.ts';
import { ifTask } from './service.ts';

/** A task, and the body that it was read from. */
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
  const task = ifTask(() => service.readTask(body));
  return task && { task, body };
}

/** For how long a new task may not be found yet, where a service hides new ones. */
const HIDDEN_MILLISECONDS = 6_000;

const PAUSE_MILLISECONDS = 2_000;

/** Epoch milliseconds until which a task that is not found may only be too new to be shown. */
export const hiddenUntil = ({ service }: Connection): number =>
  service.hidesNewTasks ? Date.now() + HIDDEN_MILLISECONDS : 0;

/**
 * The same, read again while the service may still hide the task.
 * @param until epoch milliseconds, see `hiddenUntil`
 */
export async function findTaskBody(
  z: ZObject,
  connection: Connection,
  taskId: string,
  end = Number.POSITIVE_INFINITY,
  until = hiddenUntil(connection),
): Promise<ReadTask | undefined> {
  let read = await readTaskBody(z, connection, taskId, end);
  while (!read && Date.now() + PAUSE_MILLISECONDS < Math.min(end, until)) {
    await pause(PAUSE_MILLISECONDS);
    read = await readTaskBody(z, connection, taskId, end);
  }
  return read;
}

/** The same without the body. */
export const readTaskOf = async (
  z: ZObject,
  connection: Connection,
  taskId: string,
): Promise<Task | undefined> => (await readTaskBody(z, connection, taskId))?.task;

/** How many tasks are read at the same time where a service returns one for each call. */
const CONCURRENT_READS = 10;

/**
 * Those of these tasks that the service knows, by id: in one call, where it can.
 * @param until epoch milliseconds: how long those that are not found are read again
 */
export async function readTasksOf(
  z: ZObject,
  connection: Connection,
  taskIds: readonly string[],
  end = Number.POSITIVE_INFINITY,
  until = 0,
): Promise<ReadonlyMap<string, Task>> {
  const { many } = connection.service;
  if (many) {
    return many.read(await call(z, connection, many.request(taskIds), { end }));
  }
  const known = new Map<string, Task>();
  const left = [...taskIds];
  const lane = async (): Promise<void> => {
    for (let id = left.shift(); id !== undefined; id = left.shift()) {
      const read = await findTaskBody(z, connection, id, end, until);
      if (read) {
        known.set(id, read.task);
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT_READS }, lane));
  return known;
}
