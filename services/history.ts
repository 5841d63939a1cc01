import type { ZObject } from 'zapier-platform-core';
import { isWhole, type Task } from '../midjourney/task.ts';
import { call } from './call.ts';
import type { Connection } from './connection.ts';
import { readTasksOf } from './read_tasks.ts';
import type { TaskPage } from './service.ts';

/** How many of a page are read where each needs a call of its own. */
const MOST_CALLS = 20;

/**
 * The tasks of rows with their pictures and what can follow them, which most histories do not have.
 * Where a list has them, only the prompts of the newest are read. One that cannot be read stays as
 * its row has it.
 */
async function withPictures(
  z: ZObject,
  connection: Connection,
  rows: readonly Task[],
  mostCalls: number,
): Promise<Task[]> {
  const { history, many } = connection.service;
  const nothing = (): ReadonlyMap<string, Task> => new Map();
  const ids = rows.map(({ id }) => id);
  const atOnce = history?.many
    ? await call(z, connection, history.many.request(ids)).then(history.many.read).catch(nothing)
    : nothing();
  const left = rows.filter(({ id }) => !atOnce.has(id));
  const lacking = [
    ...left.filter((row) => !isWhole(row)),
    ...left.filter((row) => isWhole(row) && row.prompt === '').slice(0, MOST_CALLS),
  ].map(({ id }) => id);
  const oneByOne =
    lacking.length > 0 && !many
      ? await readTasksOf(z, connection, lacking.slice(0, mostCalls)).catch(nothing)
      : nothing();
  return rows.map((row) => atOnce.get(row.id) ?? oneByOne.get(row.id) ?? row);
}

/**
 * One page of the service's own history; empty where the service has none.
 * @param token the `next` of the page before; '' for the first
 * @param mostCalls how many tasks are read in full where each needs a call of its own
 */
export async function historyPage(
  z: ZObject,
  connection: Connection,
  token: string,
  size: number,
  mostCalls = MOST_CALLS,
): Promise<TaskPage> {
  const { history } = connection.service;
  if (!history) {
    return { tasks: [], next: null };
  }
  const { tasks, next } = history.read(
    await call(z, connection, history.request(token, size), { mayBeMissing: true }),
    token,
  );
  return { tasks: await withPictures(z, connection, tasks, mostCalls), next };
}
