import type { ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import type { Connection } from '../../services/connection.ts';
import { ifTask, type TaskPage } from '../../services/service.ts';
import { TASKS_PER_PAGE } from '../delivery.ts';
import { taskIn } from '../read_webhook.ts';
import { callRelay, type Relay } from './relay_client.ts';

const taskList = zod.object({
  data: zod.array(zod.object({ body: zod.string(), operation: zod.string() })),
  next: zod.nullable(zod.string()),
});

/** Tells the pages of the relay from those of the service. */
const TOKEN_PREFIX = 'relay:';

/**
 * One page of the tasks that the relay received events of, newest first; undefined when it does not
 * answer, knows no such task, or the token is none of its own.
 */
export async function tasksAtRelay(
  z: ZObject,
  connection: Connection,
  relay: Relay,
  token: string,
): Promise<TaskPage | undefined> {
  if (token !== '' && !token.startsWith(TOKEN_PREFIX)) {
    return undefined;
  }
  const after = token.slice(TOKEN_PREFIX.length);
  const query = new URLSearchParams({ limit: String(TASKS_PER_PAGE), ...(after && { after }) });
  const answer = await callRelay(z, relay, 'GET', `/v1/tasks?${query}`);
  const { data: page } = zod.safeParse(taskList, answer?.body);
  if (!page) {
    return undefined;
  }
  // Not all can be read: one without an event has no body yet, and the connection may have been to
  // another service at that time.
  const tasks = page.data.flatMap(
    ({ body, operation }) => ifTask(() => taskIn(connection.service, body, operation)) ?? [],
  );
  const isKnown = tasks.length > 0 || page.next !== null || (after !== '' && page.data.length > 0);
  return isKnown ? { tasks, next: page.next && TOKEN_PREFIX + page.next } : undefined;
}

const idList = zod.object({
  data: zod.array(zod.object({ task_id: zod.string() })),
  next: zod.nullable(zod.string()),
});

/** A page of an earlier relay has fewer tasks where these are large. */
const MAX_PAGES = 6;

/** The ids of the tasks with this reference, newest first; none when it does not answer. */
export async function idsAtRelay(z: ZObject, relay: Relay, reference: string): Promise<string[]> {
  const ids: string[] = [];
  let after = '';
  for (let pages = 0; pages < MAX_PAGES && ids.length < TASKS_PER_PAGE; pages += 1) {
    const query = new URLSearchParams({
      ...{ limit: String(TASKS_PER_PAGE - ids.length), body: 'false', reference },
      ...(after && { after }),
    });
    const answer = await callRelay(z, relay, 'GET', `/v1/tasks?${query}`);
    const { data: page } = zod.safeParse(idList, answer?.body);
    ids.push(...(page?.data.map(({ task_id }) => task_id) ?? []));
    if (!page?.next) {
      break;
    }
    after = page.next;
  }
  return ids;
}
