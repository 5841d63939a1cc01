import { createHash } from 'node:crypto';
import type { Plan } from './settings.ts';
import { isEnded, type StoredTask } from './stored_task.ts';
import type { V2Meta, V2Result, V2Task } from './v2_task.ts';

export interface View {
  readonly plan: Plan;
  /** Where images are served from, without a slash at the end. */
  readonly url: string;
  readonly now: number;
}

/** The task as an account on this plan sees it now. Every call makes a new object. */
export function viewTask(task: StoredTask, view: View): V2Task {
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
  const pictured = finished && task.pictures.length > 0;
  const full = view.plan === 'pro' || view.plan === 'host';
  const image = `${view.url}/images/${task.id}`;
  const split = task.pictures.length > 1 ? [1, 2, 3, 4].map((n) => `${image}-${n}.png`) : [];
  const previewed =
    view.plan === 'host' &&
    task.status === 'processing' &&
    task.progress > 0 &&
    task.pictures.length > 0;
  return {
    discord_image_url: pictured && full ? `${image}.png?ex=1` : '',
    image_url: pictured ? `${image}.png` : '',
    // Recorded as null beside temporary_image_urls, and as an empty list without them.
    image_urls: pictured && view.plan === 'host' ? split : pictured && full ? null : [],
    permanent_url: '',
    task_progress: view.plan === 'free' ? 0 : task.progress,
    intermediate_image_urls: previewed ? [`${image}-p${task.progress}.png`] : [],
    image_id: pictured ? imageId(task.id) : '',
    seed: finished ? task.seed : '',
    result_message_id: '',
    quota_used: finished ? 3 : 0,
    credit: 0,
    message: finished ? task.message : '',
    warning: '',
    error_messages: task.status === 'failed' ? [task.failure ?? ''] : [],
    need_retry: false,
    actions: finished ? [...task.actions] : [],
    ...(pictured && full ? { temporary_image_urls: split } : {}),
  };
}

function epochSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

function utc(milliseconds: number): string {
  return milliseconds === 0 ? '' : new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Midjourney's own id of the image, which is another than the task's. */
function imageId(taskId: string): string {
  const hex = createHash('sha256').update(taskId).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
