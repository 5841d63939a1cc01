import type { Bundle, ZObject } from 'zapier-platform-core';
import { deliveryFor } from '../delivery/delivery_for.ts';
import { allowedChoices, type Choice, type Parent } from '../midjourney/choices.ts';
import type { Operation } from '../midjourney/operations.ts';
import { DEFAULT_VERSION } from '../midjourney/parameter_values.ts';
import { readPrompt } from '../midjourney/read_prompt.ts';
import type { Task } from '../midjourney/task.ts';
import { readConnection } from '../services/connection.ts';
import { readTaskOf } from '../services/read_tasks.ts';
import { taskLabel } from './task_label.ts';

/** One page of a dropdown, as Zapier wants it. */
interface DropdownPage {
  readonly results: { id: string; label: string }[];
  readonly paging_token: string | null;
}

/**
 * The account's recent tasks, newest first. When the list cannot be read it is empty, for the field
 * takes a mapped or typed id all the same.
 */
export const recentTasks =
  (isOffered: (task: Task) => boolean) =>
  async (z: ZObject, bundle: Bundle): Promise<DropdownPage> => {
    try {
      const delivery = deliveryFor(z, readConnection(z, bundle.authData));
      const { tasks, next } = await delivery.recentTasks(String(bundle.meta.paging_token ?? ''));
      return {
        results: tasks.filter(isOffered).map((task) => ({ id: task.id, label: taskLabel(task) })),
        paging_token: next,
      };
    } catch {
      z.console.log('The list of recent tasks could not be read.');
      return { results: [], paging_token: null };
    }
  };

const UNKNOWN: Parent = { actions: [] };

/** The version in a prompt, the default one without any. */
function versionIn(prompt: string): number {
  const written = readPrompt(prompt).parameters.find(
    ({ parameter }) => parameter?.key === 'version',
  );
  return Number.parseFloat(written?.value ?? DEFAULT_VERSION);
}

/** The parent that was chosen; nothing is known of it when it is mapped, or cannot be read. */
async function parentOf(z: ZObject, bundle: Bundle): Promise<Parent> {
  const parent = bundle.inputData.origin_task_id;
  if (typeof parent !== 'string' || parent.trim() === '') {
    return UNKNOWN;
  }
  const task = await readTaskOf(z, readConnection(z, bundle.authData), parent.trim());
  return task
    ? {
        actions: task.actions,
        upscaledBy: task.operation === 'upscale' ? versionIn(task.prompt) : undefined,
      }
    : UNKNOWN;
}

/** What can be done with the parent that was chosen; with a first picture when that is not known. */
export const choicesOfParent =
  (operation: Operation, choices: readonly Choice[]) =>
  async (z: ZObject, bundle: Bundle): Promise<DropdownPage> => {
    const { service } = readConnection(z, bundle.authData);
    const parent = await parentOf(z, bundle).catch(() => UNKNOWN);
    const ofService = service.operations[operation]?.choices?.index;
    return {
      results: allowedChoices(choices, parent, ofService).map(({ value, label }) => ({
        id: value,
        label,
      })),
      paging_token: null,
    };
  };
