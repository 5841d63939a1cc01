import type { StoredTask, TaskStatus } from './stored_task.ts';

/** What PiAPI's unified API and LegNext both give of a task, besides its id, input and output. */
export interface UnifiedBody {
  model: string;
  task_type: string;
  status: Exclude<TaskStatus, 'finished'> | 'completed';
  config: { service_mode: string; webhook_config: { endpoint: string; secret: string } };
  /** ISO 8601, `0001-01-01T00:00:00Z` when unset. */
  meta: {
    created_at: string;
    started_at: string;
    ended_at: string;
    usage: { type: 'point'; frozen: number; consume: number };
  };
  detail: null;
  logs: never[];
  error: UnifiedError;
}

export interface UnifiedError {
  code: number;
  raw_message: string;
  message: string;
  detail: null;
}

/** @param points what the task costs */
export function unifiedBody(task: StoredTask, points: number): UnifiedBody {
  return {
    model: task.model,
    task_type: task.operation.name,
    status: task.status === 'finished' ? 'completed' : task.status,
    config: {
      service_mode: task.serviceMode,
      webhook_config: {
        endpoint: task.webhook?.endpoint ?? '',
        secret: task.webhook?.secret ?? '',
      },
    },
    meta: {
      created_at: isoTime(task.createdAt),
      started_at: isoTime(task.startedAt),
      ended_at: isoTime(task.endedAt),
      usage: {
        type: 'point',
        frozen: points,
        consume: task.status === 'finished' ? points : 0,
      },
    },
    detail: null,
    logs: [],
    error: task.status === 'failed' ? failed(task.failure ?? '') : noError,
  };
}

const noError: UnifiedError = { code: 0, raw_message: '', message: '', detail: null };

/** The message of all but a banned prompt is a guess. */
function failed(reason: string): UnifiedError {
  const banned = reason.startsWith('Banned Prompt');
  const message = banned ? 'failed to check prompt' : 'failed to run task';
  return { code: 10000, raw_message: reason, message, detail: null };
}

function isoTime(milliseconds: number): string {
  return milliseconds === 0
    ? '0001-01-01T00:00:00Z'
    : new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}
