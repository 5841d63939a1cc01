import type { Bundle, ZObject } from 'zapier-platform-core';
import { allowedChoices, type Choice } from '../midjourney/choices.ts';
import type { Task } from '../midjourney/task.ts';
import { taskLabel } from '../midjourney/task_label.ts';
import { call } from '../services/call.ts';
import { readConnection } from '../services/connection.ts';
import { readTaskOf } from '../services/read_tasks.ts';

/** One page of a dropdown, as Zapier wants it. */
interface Page {
  readonly results: { id: string; label: string }[];
  readonly paging_token: string | null;
}

const PAGE_SIZE = 50;

/**
 * The account's recent tasks, newest first. When the list cannot be read it is empty, for the field
 * takes a mapped or typed id all the same.
 */
export const recentTasks =
  (isOffered: (task: Task) => boolean) =>
  async (z: ZObject, bundle: Bundle): Promise<Page> => {
    try {
      const connection = readConnection(z, bundle.authData);
      const { service } = connection;
      const page = Number(bundle.meta.paging_token) || 1;
      const tasks = service.readRecent(
        await call(z, connection, service.recentRequest(page, PAGE_SIZE)),
      );
      return {
        results: tasks.filter(isOffered).map((task) => ({ id: task.id, label: taskLabel(task) })),
        paging_token: tasks.length > 0 ? String(page + 1) : null,
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

/** What can be done with the parent that was chosen; everything when that is not known. */
export const whatParentAllows =
  (choices: readonly Choice[]) =>
  async (z: ZObject, bundle: Bundle): Promise<Page> => {
    const actions = await actionsOfParent(z, bundle).catch(() => []);
    return {
      results: allowedChoices(choices, actions).map(({ value, label }) => ({ id: value, label })),
      paging_token: null,
    };
  };
