import type { StoredTask } from '../service/stored_task.ts';
import type { View } from '../service/task_format.ts';
import { type UnifiedBody, unifiedBody } from '../service/unified_body.ts';
import { actionsAfter } from './actions.ts';
import { mediaOutput } from './models.ts';
import { picturesOf } from './pictures.ts';

/** The task object of the unified API: `data` of every answer and webhook. */
export interface UnifiedTask extends Omit<UnifiedBody, 'status'> {
  status: UnifiedBody['status'] | 'success';
  task_id: string;
  input: Readonly<Record<string, unknown>>;
  output: Readonly<Record<string, unknown>> | null;
  meta: UnifiedBody['meta'] & {
    is_using_private_pool: boolean;
    model_version: string;
    process_mode: string;
    failover_triggered: boolean;
  };
}

/** The word for the end on the pages of some models. */
const endWord = (model: string) => (/^(gemini|seedance)$/.test(model) ? 'success' : 'completed');

/** Points, as recorded for a fast imagine. */
const price = 700_000;

/** The task as an account on this plan sees it now. */
export function unifiedTask(task: StoredTask, view: View): UnifiedTask {
  const body = unifiedBody(task, price);
  return {
    task_id: task.id,
    ...body,
    status: body.status === 'completed' ? endWord(task.model) : body.status,
    input: task.input,
    output: outputOf(task, view),
    meta: {
      ...body.meta,
      is_using_private_pool: task.serviceMode === 'private',
      model_version: 'unknown',
      process_mode: task.processMode,
      failover_triggered: false,
    },
  };
}

function outputOf(task: StoredTask, view: View): Record<string, unknown> | null {
  switch (task.operation.result) {
    case 'media':
      return mediaOutput(task, view.url);
    case 'description':
      return { description: task.status === 'finished' ? task.message : '' };
    case 'seed':
      return { seed: task.status === 'finished' ? task.seed : '' };
    default:
      return imageOutput(task, view);
  }
}

function imageOutput(task: StoredTask, view: View): Record<string, unknown> {
  const { image, split, full, previews } = picturesOf(task, view);
  const pictured = image !== '';
  const host = view.plan === 'host';
  return {
    image_url: image,
    image_urls: pictured && host ? split : null,
    temporary_image_urls: pictured && full ? split : null,
    // Recorded empty on the plan that gave the four images.
    discord_image_url: pictured && host ? `${image}?ex=1` : '',
    actions: pictured ? actionsAfter(task.pictures.length, task.prompt) : null,
    progress: view.plan === 'free' && !pictured ? 0 : task.progress,
    intermediate_image_urls: previews.length > 0 ? previews : null,
  };
}
