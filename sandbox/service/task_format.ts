import type { Plan } from './settings.ts';
import type { StoredTask, TaskStatus } from './stored_task.ts';

/** How an API sends its webhooks. */
export interface WebhookFormat {
  /**
   * The headers besides the content type.
   * @param status the task's status that the webhook reports
   * @param text the body, exactly as it is sent
   */
  webhookHeaders(task: StoredTask, status: TaskStatus, text: string): Record<string, string>;
  /** Whether a POST that is answered with this HTTP status is not repeated. */
  isAcknowledged(status: number): boolean;
}

/** The JSON in which an API gives a task. Every call makes new objects. */
export interface TaskFormat extends WebhookFormat {
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
