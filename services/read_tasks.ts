import { setTimeout as pause } from 'node:timers/promises';
import type { ZObject } from 'zapier-platform-core';
import { hasEnded, lacksResult, type Task } from '../midjourney/task.ts';
import { call } from './call.ts';
import type { Connection } from './connection.ts';
import { ifTask } from './service.ts';

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
 * The same, asked again until then.
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

/** How many tasks are read at the same time where a service gives one in each call. */
const TOGETHER = 10;

/**
 * Those of these tasks that the service knows, by id: in one call, where it can.
 * @param until epoch milliseconds: how long those that are not found are asked for again
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
  await Promise.all(Array.from({ length: TOGETHER }, lane));
  return known;
}

/**
 * A task that is called finished with nothing in it is read once more: its pictures were seen to
 * come a moment after the end was told.
 */
export async function withResult(
  z: ZObject,
  connection: Connection,
  task: Task,
  end: number,
): Promise<Task> {
  if (!lacksResult(task)) {
    return task;
  }
  const read = await readTaskBody(z, connection, task.id, end).catch(() => undefined);
  return read && !lacksResult(read.task) ? read.task : task;
}

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
