/** What every service's words for a task's state are mapped onto. */
export const STATUSES = ['staged', 'pending', 'processing', 'finished', 'failed'] as const;
export type Status = (typeof STATUSES)[number];

/** A Midjourney task, whichever service runs it. What the service did not send is empty or undefined. */
export interface Task {
  readonly id: string;
  /** The key of the service that runs it, e.g. `piapi_v2`. */
  readonly service: string;
  /** The service's own word: `imagine`, `upscale`, … */
  readonly operation: string;
  readonly status: Status;
  /** Whole percent, 0–100. */
  readonly progress: number | undefined;
  readonly prompt: string;
  /** The 2×2 grid, or the single image. */
  readonly imageUrl: string;
  /** The split images; empty on plans that give only the grid. */
  readonly imageUrls: readonly string[];
  readonly previewUrls: readonly string[];
  readonly seed: string;
  readonly description: string;
  /** What can be done next: `upscale1`, `reroll`, … */
  readonly actions: readonly string[];
  /** The service's reason, as it sent it. */
  readonly errorMessage: string;
  /** ISO 8601 with offset. */
  readonly createdAt: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly durationSeconds: number | undefined;
}

/** Whether nothing more will happen to the task. */
export const hasEnded = (task: Pick<Task, 'status'>): boolean =>
  task.status === 'finished' || task.status === 'failed';

/** A task of which only these parts are known. */
export const taskOf = (
  known: Pick<Task, 'id' | 'service' | 'operation'> & Partial<Task>,
): Task => ({
  status: 'pending',
  progress: undefined,
  prompt: '',
  imageUrl: '',
  imageUrls: [],
  previewUrls: [],
  seed: '',
  description: '',
  actions: [],
  errorMessage: '',
  createdAt: '',
  startedAt: '',
  finishedAt: '',
  durationSeconds: undefined,
  ...known,
});
