import type { ZObject } from 'zapier-platform-core';
import type { Task } from '../midjourney/task.ts';
import { call } from './call.ts';
import type { Connection } from './connection.ts';

/** A page of tasks, newest first. */
export interface TaskPage {
  readonly tasks: readonly Task[];
  /** The token of the next page; null when there is none. */
  readonly next: string | null;
}

/**
 * One page of the service's own history; empty where the service has none.
 * @param token the `next` of the page before; '' for the first
 */
export async function historyPage(
  z: ZObject,
  connection: Connection,
  token: string,
  size: number,
): Promise<TaskPage> {
  const { history } = connection.service;
  if (!history) {
    return { tasks: [], next: null };
  }
  const page = Number(token) || 1;
  const tasks = history.read(await call(z, connection, history.request(page, size)));
  return { tasks, next: tasks.length > 0 ? String(page + 1) : null };
}
