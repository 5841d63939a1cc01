import type { Parts } from '../service/parts.ts';
import type { StoredTask, TaskStatus } from '../service/stored_task.ts';
import { resultOf } from './result.ts';

/** The job object of APIFRAME, as reading one gives it; the list leaves out `input`. */
export interface Job {
  id: string;
  status: JobStatus;
  model: string;
  /** Percent. */
  progress: number;
  result: object | string | null;
  error: string | null;
  creditCost: number;
  webhookStatus: StoredTask['webhookStatus'] | null;
  /** ISO 8601, as `completedAt`. */
  createdAt: string;
  completedAt: string | null;
  /** The request without its webhook and its mask. */
  input?: Readonly<Record<string, unknown>>;
  /** Whether the files of the result are gone. */
  expired: boolean;
}

export type JobStatus = 'QUEUED' | 'PROCESSING' | 'COMPLETED' | 'FAILED';

/** APIFRAME's words for the states of a task. `CANCELLED` is documented, but nothing cancels. */
export const STATUS_WORDS = {
  staged: 'QUEUED',
  pending: 'QUEUED',
  processing: 'PROCESSING',
  finished: 'COMPLETED',
  failed: 'FAILED',
} as const satisfies Record<TaskStatus, JobStatus>;

/** The job as its owner sees it now. */
export function jobOf(task: StoredTask, { settings, store, viewOf }: Parts): Job {
  const { id, status, model, progress, webhook, endedAt } = task;
  const finished = status === 'finished';
  const { result, link } = resultOf(task, viewOf(task).url);
  return {
    id,
    status: STATUS_WORDS[status],
    model,
    progress,
    result: finished ? (settings.bareResult ? link : result) : null,
    error: status === 'failed' ? (task.failure ?? '') : null,
    creditCost: status === 'failed' ? 0 : task.cost,
    webhookStatus: webhook === undefined ? null : task.webhookStatus,
    createdAt: new Date(task.createdAt).toISOString(),
    completedAt: endedAt === 0 ? null : new Date(endedAt).toISOString(),
    ...(settings.echoesInput ? { input: task.input } : {}),
    expired: finished && store.isExpired(task),
  };
}
