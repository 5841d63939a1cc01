import type { TaskStatus } from '../service/stored_task.ts';
import type { TaskRequest } from '../service/task_request.ts';

/** The task object of v2: what fetch answers and what a webhook carries. */
export interface V2Task {
  task_id: string;
  status: TaskStatus;
  /** Seconds. */
  process_time: number;
  retry_count: number;
  meta: V2Meta;
  task_result: V2Result;
}

export interface V2Meta {
  account_id: string;
  task_type: string;
  origin_task_id: string;
  bot_hash: string;
  bot_id: number;
  model_version: string;
  process_mode: string;
  quota_frozen: number;
  frozen_credit: number;
  /** Epoch seconds, 0 when unset; so are the other two. */
  created_at: number;
  created_at_utc: string;
  started_at: number;
  started_at_utc: string;
  ended_at: number;
  ended_at_utc: string;
  task_request: TaskRequest;
  task_param: {
    prompt: string;
    index: string;
    zoom_ratio: string;
    aspect_ratio: string;
    direction: string;
  };
}

export interface V2Result {
  discord_image_url: string;
  image_url: string;
  image_urls: string[] | null;
  permanent_url: string;
  task_progress: number;
  intermediate_image_urls: string[];
  image_id: string;
  seed: string;
  result_message_id: string;
  quota_used: number;
  credit: number;
  message: string;
  warning: string;
  error_messages: string[];
  need_retry: boolean;
  actions: string[];
  temporary_image_urls?: string[];
}
