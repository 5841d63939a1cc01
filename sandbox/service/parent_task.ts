import { refused } from './refusal.ts';
import type { ServiceSettings } from './settings.ts';
import type { StoredTask } from './stored_task.ts';
import type { TaskStore } from './task_store.ts';

/** A follow-up on a task that cannot have one. */
export const refusedParent = (reason: string) =>
  refused(`derive from origin task: parent task ${reason}`);

/**
 * The task that a follow-up is made from. The words of all refusals but the outdated parent's are
 * a guess.
 * @throws Refusal when the caller has no such task, or when it is not finished, or too old
 */
export function parentTask(
  id: string,
  apiKey: string,
  settings: ServiceSettings,
  store: TaskStore,
): StoredTask {
  const parent = store.find(id);
  if (parent === undefined || parent.apiKey !== apiKey) {
    throw refusedParent('not found');
  }
  if (parent.status !== 'finished') {
    throw refusedParent('is not finished');
  }
  if (settings.now() - parent.createdAt > settings.followUpWindowSeconds * 1000) {
    throw refusedParent('is outdated');
  }
  return parent;
}
