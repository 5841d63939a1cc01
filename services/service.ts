import type { Operation } from '../midjourney/operations.ts';
import type { Task } from '../midjourney/task.ts';
import type { TaskInput } from '../midjourney/task_input.ts';
import type { ModelEntry } from './models/model_entry.ts';
import type { Upload } from './upload.ts';

/** A call to a service, relative to its base URL. */
export interface ServiceRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: Record<string, unknown>;
}

/** Where a service reports on a task, under PiAPI's own names. */
export interface Webhook {
  readonly webhook_endpoint: string;
  readonly webhook_secret: string;
  readonly notify_progress: boolean;
}

/** What is left to spend; undefined where the service does not say. */
export interface Balance {
  readonly credits: number | undefined;
  readonly usd: number | undefined;
}

export interface Account extends Balance {
  readonly name: string;
  readonly plan: string;
}

/** The answer to a create: the new task's id, or the service's reason for not starting one. */
export type Started =
  | { readonly taskId: string; readonly refusal?: never }
  | { readonly taskId?: never; readonly refusal: string };

/** A body that is no task; the message says why, for the log. */
export class NotATask extends Error {
  override readonly name = 'NotATask';
}

/** What is read, or undefined where the body is no task. */
export function ifTask<Read>(read: () => Read): Read | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotATask) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Which webhooks a service sends for a task. What comes before the end `always` was seen to, and
 * what does `perhaps` is only documented; neither can be declined.
 */
export type Reports =
  | 'nothing'
  | 'end'
  | 'progress on request'
  | 'progress perhaps'
  | 'progress always';

/** Whether webhooks may come before the end of a task though nobody asked for them. */
export const reportsUnasked = (reports: Reports): boolean =>
  reports === 'progress perhaps' || reports === 'progress always';

/** How a service does one operation. */
export interface Capability {
  /** The input fields that it takes, under the names that they have in our steps. */
  readonly fields: readonly string[];
  readonly reports: Reports;
  /** The values that a field can have here, where these are fewer than elsewhere. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  /** The numbers that a field can have besides its choices: the least and the most. */
  readonly ranges?: Readonly<Record<string, readonly [number, number]>>;
}

/** A page of tasks, newest first. */
export interface TaskPage {
  readonly tasks: readonly Task[];
  /** The token of the next page; null when there is none. */
  readonly next: string | null;
}

/** What a webhook carries that nobody else could have made. */
export interface WebhookProof {
  /** Where the secret is: in the header x-webhook-secret, or, where the service has none, in the URL. */
  readonly secretIn: 'header' | 'url';
  /**
   * Whether the signature in the header x-webhook-signature was made for this body. A service that
   * signs does not always do so: a missing one is taken, a wrong one is not.
   */
  isSigned?(content: string, signature: string, apiKey: string): boolean;
}

export type Capabilities = { readonly [Key in Operation]?: Capability };

/** Many tasks in one call. */
export interface ManyTasks {
  request(taskIds: readonly string[]): ServiceRequest;
  /** The tasks that the service knows, by id. */
  read(body: unknown): ReadonlyMap<string, Task>;
}

/**
 * One version of an API: requests out, bodies in, and what it can do. It sends nothing itself.
 * Bodies are `unknown`, since they come from outside; readers take what they know and throw nothing
 * but `NotATask`. A method that is missing is something the service does not offer.
 */
export interface Service {
  readonly key: string;
  /** What people call this API, and what it is for, as a connection's choices have it. */
  readonly name: string;
  readonly purpose: string;
  /** The vendor's name in a sentence. */
  readonly label: string;
  readonly baseUrl: string;
  /** Where a person finds the API key. */
  readonly keyPage: string;
  /** For how long it keeps results, and accepts follow-ups. */
  readonly keeps: {
    readonly results: string;
    readonly followUps: string;
    /** So short that each step says it. */
    readonly isShort?: boolean;
  };
  readonly operations: Capabilities;
  /** What the vendor says of its Midjourney, where that is about to end. */
  readonly endingMidjourney?: string;
  /** The forms of its other models, read when they are needed. */
  readonly models?: () => readonly ModelEntry[];
  /** Its webhooks may lack the prompt, as those of follow-ups do, or it may have no list of tasks. */
  readonly remembersLittle?: boolean;
  /** A new task is not found for some seconds. */
  readonly hidesNewTasks?: boolean;
  /** How its webhooks prove that they are genuine. */
  readonly webhookProof: WebhookProof;
  /**
   * Its Midjourney tasks do not say which operation they are of, so it is remembered, and written on the
   * URL; tasks of other models never say which step started them.
   */
  readonly hidesOperation?: boolean;
  /** The header of a create with which the same create, sent twice, starts one task. */
  readonly idempotencyHeader?: string;

  /** Costs nothing. */
  accountRequest(): ServiceRequest;
  readAccount(body: unknown): Account;
  /** What is left, where the account itself does not say it. */
  readonly balance?: { request(): ServiceRequest; read(body: unknown): Balance };
  /** How many tasks are being worked on; undefined where the answer does not say. */
  readonly activeTasks?: { request(): ServiceRequest; read(body: unknown): number | undefined };

  /** What is wrong with an input that each field by itself does not show, as "Label: what to do". */
  inputProblems?(operation: Operation, input: TaskInput): string[];
  /**
   * What an operation takes out of its parent task, which is read for it before anything is started:
   * the input with that, or what is wrong, as "Label: what to do".
   */
  readonly fromParent?: {
    readonly [Key in Operation]?: (input: TaskInput, parent: Task) => TaskInput | string;
  };
  startRequest(
    operation: Operation,
    input: TaskInput,
    webhook: Webhook | undefined,
  ): ServiceRequest;
  /** undefined when the answer holds neither. */
  readStarted(body: unknown): Started | undefined;

  /** Takes files that only the user can open, or that soon expire. */
  readonly upload?: Upload;

  fetchRequest(taskId: string): ServiceRequest;
  /** @throws NotATask */
  readTask(body: unknown): Task;
  readonly many?: ManyTasks;

  cancelRequest?(taskId: string): ServiceRequest;

  /** The account's tasks, newest first. It may not be there, which is answered with 404. */
  readonly history?: {
    /** @param token the `next` of the page before; '' for the first */
    request(token: string, size: number): ServiceRequest;
    /** What the list tells of them: no pictures, mostly. */
    read(body: unknown, token: string): TaskPage;
    /** Its tasks in full, where they can be read in one call and others of the service cannot. */
    readonly many?: ManyTasks;
  };

  /** The body that reports the failure of a task, as a webhook does, for one that the service itself lost. */
  failedBody(taskId: string, operation: string, reason: string): object;

  /** The body of a webhook. @throws NotATask */
  readCallback(body: unknown): Task;

  /** The HTTP status that an answer stands for, where its body says so. */
  statusOf?(status: number, body: unknown): number;
  /** The service's own words in the body of a refusal; '' when there are none. */
  readRefusal(body: unknown): string;
}
