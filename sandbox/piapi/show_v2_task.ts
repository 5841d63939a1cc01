import { stableUuid } from '../service/stable_uuid.ts';
import { isEnded, type StoredTask } from '../service/stored_task.ts';
import type { View } from '../service/task_format.ts';
import { actionsAfter } from './actions.ts';
import { picturesOf } from './pictures.ts';
import type { V2Meta, V2Result, V2Task } from './v2_task.ts';

/** The task as an account on this plan sees it now. Every call makes a new object. */
export function showV2Task(task: StoredTask, view: View): V2Task {
  const end = isEnded(task.status) ? task.endedAt : view.now;
  return {
    task_id: task.id,
    status: task.status,
    process_time: task.startedAt === 0 ? 0 : Math.round((end - task.startedAt) / 1000),
    retry_count: 0,
    meta: v2Meta(task),
    task_result: v2Result(task, view),
  };
}

function v2Meta(task: StoredTask): V2Meta {
  const { request } = task;
  return {
    account_id: '',
    task_type: task.operation.name,
    origin_task_id: task.parentId,
    bot_hash: '',
    bot_id: request.bot_id ?? 0,
    model_version: '',
    process_mode: task.processMode,
    quota_frozen: 0,
    frozen_credit: 0,
    created_at: epochSeconds(task.createdAt),
    created_at_utc: utc(task.createdAt),
    started_at: epochSeconds(task.startedAt),
    started_at_utc: utc(task.startedAt),
    ended_at: epochSeconds(task.endedAt),
    ended_at_utc: utc(task.endedAt),
    task_request: { task_id: '', ...request },
    task_param: {
      prompt: task.prompt,
      index: request.index ?? '',
      zoom_ratio: request.zoom_ratio ?? '',
      aspect_ratio: task.aspectRatio,
      direction: request.direction ?? '',
    },
  };
}

function v2Result(task: StoredTask, view: View): V2Result {
  const finished = task.status === 'finished';
  const { image, split, full, previews } = picturesOf(task, view);
  const pictured = image !== '';
  return {
    discord_image_url: pictured && full ? `${image}?ex=1` : '',
    image_url: image,
    // Recorded as null beside temporary_image_urls, and as an empty list without them.
    image_urls: pictured && view.plan === 'host' ? [...split] : pictured && full ? null : [],
    permanent_url: '',
    task_progress: view.plan === 'free' ? 0 : task.progress,
    intermediate_image_urls: [...previews],
    // Midjourney's own id of the image, which is another than the task's.
    image_id: pictured ? stableUuid(task.id) : '',
    seed: finished && task.operation.result === 'seed' ? task.seed : '',
    result_message_id: '',
    quota_used: finished ? 3 : 0,
    credit: 0,
    message: finished ? task.message : '',
    warning: '',
    error_messages: task.status === 'failed' ? [task.failure ?? ''] : [],
    need_retry: false,
    actions: finished ? [...actionsAfter(task.pictures.length, task.prompt)] : [],
    ...(pictured && full ? { temporary_image_urls: [...split] } : {}),
  };
}

function epochSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

function utc(milliseconds: number): string {
  return milliseconds === 0 ? '' : new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}
