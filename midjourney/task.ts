/** The states of a task; each service's own words are mapped to these. */
export const STATUSES = ['staged', 'pending', 'processing', 'finished', 'failed'] as const;
export type Status = (typeof STATUSES)[number];

/** The model of every task that is not of Run Any Model. */
export const MIDJOURNEY = 'midjourney';

/** A task, whichever service runs it. What the service did not send is empty or undefined. */
export interface Task {
  readonly id: string;
  /** The key of the service that runs it, e.g. `piapi_v2`. */
  readonly service: string;
  /** The key of the step that starts such tasks: `imagine`, `upscale`, … `run_task` */
  readonly operation: string;
  /** `midjourney`, or what else a service runs. */
  readonly model: string;
  /** The service's own word for the operation. */
  readonly taskType: string;
  readonly status: Status;
  /** Whole percent, 0–100. */
  readonly progress: number | undefined;
  readonly prompt: string;
  /** The 2×2 grid, or the single image. */
  readonly imageUrl: string;
  /** The split images; empty on plans that give only the grid. */
  readonly imageUrls: readonly string[];
  readonly previewUrls: readonly string[];
  readonly videoUrls: readonly string[];
  readonly audioUrls: readonly string[];
  readonly model3dUrl: string;
  readonly seed: string;
  /** The text of Describe, and the prompts in it; Shorten has prompts alone. */
  readonly description: string;
  readonly prompts: readonly string[];
  /** The prompt that Shorten settles on. */
  readonly finalPrompt: string;
  /** All that a model other than Midjourney returned. */
  readonly output: Readonly<Record<string, unknown>> | undefined;
  /** What can be done next: `upscale1`, `reroll`, … */
  readonly actions: readonly string[];
  /** The service's reason, as it sent it. */
  readonly errorMessage: string;
  /** ISO 8601 with offset. */
  readonly createdAt: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly durationSeconds: number | undefined;
  /** What it cost, once it has ended, and in which unit the service counts: `points`, `credits`, … */
  readonly creditsUsed: number | undefined;
  readonly creditsUnit: string;
}

/** Whether nothing more will happen to the task. */
export const hasEnded = (task: Pick<Task, 'status'>): boolean =>
  task.status === 'finished' || task.status === 'failed';

/** Whether none of these is still being worked on; one that is unknown has no end to wait for. */
export const haveEnded = (tasks: Iterable<Task | undefined>): boolean =>
  [...tasks].every((task) => !task || hasEnded(task));

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Keys under which other models have their results, as far as they name them. */
const RESULT_KEY = /url|image|video|audio|song|clip|work|file|path|output/i;

/** Of another model: no output, nothing in it, or nothing yet where the result is to come. */
const isUnfilled = (output: Task['output'] = {}): boolean => {
  const parts = Object.entries(output);
  return (
    parts.every(([, value]) => isEmpty(value)) ||
    parts.some(([key, value]) => isEmpty(value) && RESULT_KEY.test(key))
  );
};

/** Pictures can have a seed too, which LegNext gives before them. */
const seedIfAsked = ({ operation, seed }: Task): string => (operation === 'seed' ? seed : '');

/** Whether a task is finished with nothing in it: some services report an end too early. */
export const lacksResult = (task: Task): boolean =>
  task.status === 'finished' &&
  [task.imageUrl, task.model3dUrl, task.description, task.finalPrompt, seedIfAsked(task)].every(
    isEmpty,
  ) &&
  [task.imageUrls, task.videoUrls, task.audioUrls, task.prompts].every(isEmpty) &&
  isUnfilled(task.output);

/** Whether a task has ended, and what came of it is there. */
export const isWhole = (task: Task): boolean => hasEnded(task) && !lacksResult(task);

/** A task of which only these parts are known. */
export const taskOf = (
  known: Pick<Task, 'id' | 'service' | 'operation'> & Partial<Task>,
): Task => ({
  model: MIDJOURNEY,
  taskType: known.operation,
  status: 'pending',
  progress: undefined,
  prompt: '',
  imageUrl: '',
  imageUrls: [],
  previewUrls: [],
  videoUrls: [],
  audioUrls: [],
  model3dUrl: '',
  seed: '',
  description: '',
  prompts: [],
  finalPrompt: '',
  output: undefined,
  actions: [],
  errorMessage: '',
  createdAt: '',
  startedAt: '',
  finishedAt: '',
  durationSeconds: undefined,
  creditsUsed: undefined,
  creditsUnit: '',
  ...known,
});
