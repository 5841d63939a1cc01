import type { Operation } from '../midjourney/operations.ts';
import type { Task } from '../midjourney/task.ts';
import type { Reports, TaskPage, Webhook } from '../services/service.ts';
import type { HookEvent, Receiver, Subscription } from './hook.ts';
import type { OverdueTask, ReceivedWebhook } from './read_webhook.ts';

/**
 * How events get from the one webhook URL of a task to every Zap that listens. `direct/` does it
 * from Zap to Zap without a server, `relayed/` through a relay; `delivery_for.ts` chooses.
 */
export interface Delivery {
  /**
   * Enters the hook URL of a Zap that was switched on. The same URL again is the same hook.
   * @throws an error that says what to do
   */
  subscribe(event: HookEvent, targetUrl: string, filters: HookFilters): Promise<Subscription>;
  /** Ends a hook. That it is gone already is fine. */
  unsubscribe(hookId: string): Promise<void>;
  /**
   * Where the tasks of a step report to.
   * @throws before anything is started, when it cannot be known who listens
   */
  webhooksFor(request: WebhookRequest): Promise<Webhooks>;
  /**
   * What the receiver of a webhook does for everybody else. Never rejects.
   * @param receiver undefined for a step that waited for its own task
   * @param end epoch milliseconds by which it is back
   */
  passOn(webhook: ReceivedWebhook, receiver: Receiver | undefined, end?: number): Promise<void>;
  /**
   * Finds out about a task whose end has not come, and hands the end on like any other. Never rejects;
   * who asked asks again.
   */
  lookAfter(overdue: OverdueTask): Promise<void>;
  /**
   * Lets the Zap that received a webhook run for it at once, while this run is busy passing it on.
   * @returns whether it does; otherwise this run has to
   */
  handOver(webhook: ReceivedWebhook, receiver: Receiver): Promise<boolean>;
  /**
   * How many Zaps listen that can call a waiting step at the end of its task; undefined where none
   * is needed for it, or that cannot be known.
   */
  callers(): Promise<number | undefined>;
  /**
   * One page of the account's tasks, newest first.
   * @param token the `next` of the page before; '' for the first
   */
  recentTasks(token: string): Promise<TaskPage>;
  /** The ids of the tasks that were started with this reference, as far as they are known, newest first. */
  tasksWith(reference: string): Promise<readonly string[]>;
  /**
   * What of the connection's deliveries needs a person now, newest first.
   * @throws an error that says what to do, also where there is no relay to know of it
   */
  attention(): Promise<readonly Matter[]>;
}

/** Something that needs a person: events that could not be delivered, tasks without an end, … */
export interface Matter {
  /** The same as long as the matter lasts. */
  readonly id: string;
  /** `dead_letters`, `failing_hook`, `overdue_tasks`, `over_quota`, or what a later relay adds. */
  readonly kind: string;
  /** The host of the Zap, the id of the oldest task, or which quota; '' when there is none. */
  readonly subject: string;
  /** How many events or tasks it is about. */
  readonly count: number;
  /** ISO 8601 with offset. */
  readonly since: string;
  /** What it is, as a sentence. */
  readonly message: string;
  /** What to do, as a sentence. */
  readonly advice: string;
  /** What the Zap answered last; '' when nothing did. */
  readonly answer: string;
}

/** What a hook can be narrowed down to before an event reaches it. */
export interface HookFilters {
  readonly operations?: readonly string[] | undefined;
  readonly reference?: string | undefined;
}

/** What a step that is about to start tasks needs of webhooks. */
export interface WebhookRequest {
  readonly operation: Operation;
  /** What the service reports of them. */
  readonly reports: Reports;
  readonly reference: string;
  /** Whether Task Progress Zaps are to run. */
  readonly notifyProgress: boolean;
  /** Where the step is to be called back, for which it pauses; undefined when it does not. */
  readonly callbackUrl: string | undefined;
  /** How many tasks it starts. */
  readonly size: number;
  /** Epoch milliseconds by which the step has to be done. */
  readonly end: number;
}

/** How many tasks a page of `recentTasks` has at most. */
export const TASKS_PER_PAGE = 50;

/** Where the tasks of a step report to. */
export interface Webhooks {
  /** Undefined when nobody listens. */
  readonly webhook: Webhook | undefined;
  /** For the one task that calls the step back instead of the Zaps that listen. */
  readonly callback: Webhook | undefined;
  /** Epoch milliseconds by which all tasks have to be started, so that `afterStart` is done in time. */
  readonly startBy: number;
  /**
   * To be called once the tasks were started.
   * @param tasks those that run, each with its id
   * @throws when the step could wait for ever
   */
  afterStart(tasks: readonly Task[]): Promise<void>;
}

/** Of an operation that the service does not report on. */
export const NO_WEBHOOKS: Webhooks = {
  webhook: undefined,
  callback: undefined,
  startBy: Number.POSITIVE_INFINITY,
  afterStart: async () => undefined,
};
