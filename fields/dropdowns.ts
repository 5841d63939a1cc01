import type { Bundle, ZObject } from 'zapier-platform-core';
import { taskIn } from '../delivery/read_webhook.ts';
import { relayOf } from '../delivery/relayed/relay_client.ts';
import { tasksAtRelay } from '../delivery/relayed/tasks.ts';
import { allowedChoices, type Choice } from '../midjourney/choices.ts';
import type { Operation } from '../midjourney/operations.ts';
import type { Task } from '../midjourney/task.ts';
import { call } from '../services/call.ts';
import { type Connection, readConnection } from '../services/connection.ts';
import { readTaskOf } from '../services/read_tasks.ts';
import { ifTask } from '../services/service.ts';
import { taskLabel } from './task_label.ts';

/** One page of a dropdown, as Zapier wants it. */
interface Page {
  readonly results: { id: string; label: string }[];
  readonly paging_token: string | null;
}

const PAGE_SIZE = 50;

/** A page of tasks, and what the next page is asked for with; null when there is none. */
interface TaskPage {
  readonly tasks: readonly Task[];
  readonly next: string | null;
}

/** The service's own history; a service without one offers nothing. */
async function tasksOfService(
  z: ZObject,
  connection: Connection,
  token: string,
): Promise<TaskPage> {
  const { history } = connection.service;
  if (!history) {
    return { tasks: [], next: null };
  }
  const page = Number(token) || 1;
  const tasks = history.read(await call(z, connection, history.request(page, PAGE_SIZE)));
  return { tasks, next: tasks.length > 0 ? String(page + 1) : null };
}

/** Tells the pages of the relay from those of the service. */
const RELAY_TOKEN = 'relay:';

/** What the relay heard of; undefined when there is none, it does not answer, or knows no task. */
async function tasksOfRelay(
  z: ZObject,
  connection: Connection,
  token: string,
): Promise<TaskPage | undefined> {
  const relay = relayOf(z, connection.apiKey);
  if (!relay || (token !== '' && !token.startsWith(RELAY_TOKEN))) {
    return undefined;
  }
  const page = await tasksAtRelay(
    z,
    relay,
    PAGE_SIZE,
    token.slice(RELAY_TOKEN.length) || undefined,
  );
  return page && page.bodies.length > 0
    ? {
        // Not all can be read when the connection was with another service then.
        tasks: page.bodies.flatMap((body) => ifTask(() => taskIn(connection.service, body)) ?? []),
        next: page.next && RELAY_TOKEN + page.next,
      }
    : undefined;
}

/**
 * The account's recent tasks, newest first. When the list cannot be read it is empty, for the field
 * takes a mapped or typed id all the same.
 */
export const recentTasks =
  (isOffered: (task: Task) => boolean) =>
  async (z: ZObject, bundle: Bundle): Promise<Page> => {
    try {
      const connection = readConnection(z, bundle.authData);
      const token = String(bundle.meta.paging_token ?? '');
      const { tasks, next } =
        (await tasksOfRelay(z, connection, token)) ?? (await tasksOfService(z, connection, token));
      return {
        results: tasks.filter(isOffered).map((task) => ({ id: task.id, label: taskLabel(task) })),
        paging_token: next,
      };
    } catch {
      z.console.log('The list of recent tasks could not be read.');
      return { results: [], paging_token: null };
    }
  };

/** Actions of the parent that was chosen; none when it is mapped, unknown, or cannot be read. */
async function actionsOfParent(z: ZObject, bundle: Bundle): Promise<readonly string[]> {
  const parent = bundle.inputData.origin_task_id;
  if (typeof parent !== 'string' || parent.trim() === '') {
    return [];
  }
  const task = await readTaskOf(z, readConnection(z, bundle.authData), parent.trim());
  return task?.actions ?? [];
}

/**
 * What can be done with the parent that was chosen; everything that the service can do when that is
 * not known.
 */
export const whatParentAllows =
  (operation: Operation, choices: readonly Choice[]) =>
  async (z: ZObject, bundle: Bundle): Promise<Page> => {
    const { service } = readConnection(z, bundle.authData);
    const actions = await actionsOfParent(z, bundle).catch(() => []);
    const ofService = service.operations[operation]?.choices?.index;
    return {
      results: allowedChoices(choices, actions, ofService).map(({ value, label }) => ({
        id: value,
        label,
      })),
      paging_token: null,
    };
  };
