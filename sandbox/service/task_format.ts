import type { Plan } from './settings.ts';
import type { StoredTask } from './stored_task.ts';

/** The JSON in which an API gives a task. Every call makes new objects. */
export interface TaskFormat {
  /** As its owner reads it now. */
  show(task: StoredTask): object;
  /** The body of a webhook that reports this. */
  webhookBody(shown: object): object;
  /** What stands where a picture is to come. */
  readonly noImage: '' | null;
  /** Whether the vendor documents webhooks for every change: created, log, output. */
  readonly reportsChanges: boolean;
}

/** What the JSON depends on besides the task. */
export interface View {
  readonly plan: Plan;
  /** Where images are served from, without a slash at the end. */
  readonly url: string;
  /** Epoch milliseconds. */
  readonly now: number;
}
