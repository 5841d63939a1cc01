import type { Task } from '../midjourney/task.ts';

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

export interface Account {
  readonly name: string;
  readonly plan: string;
}

/** What a service answers to a create: the new task's id, or its reason for not starting one. */
export type Started =
  | { readonly taskId: string; readonly refusal?: never }
  | { readonly taskId?: never; readonly refusal: string };

/** A body that is no task: what is wrong with it, in words for the log. */
export class NotATask extends Error {
  override readonly name = 'NotATask';
}

/**
 * One dialect of the API: requests out, bodies in. It sends nothing itself. Bodies are `unknown`,
 * for they come from outside; readers take what they know and never throw anything but `NotATask`.
 */
export interface Service {
  readonly key: string;
  readonly label: string;
  readonly baseUrl: string;
  /** Where a person finds the API key. */
  readonly keyPage: string;
  accountRequest(): ServiceRequest;
  readAccount(body: unknown): Account;
  startRequest(
    operation: string,
    input: Record<string, unknown>,
    webhook: Webhook | undefined,
  ): ServiceRequest;
  /** undefined when the answer says neither. */
  readStarted(body: unknown): Started | undefined;
  fetchRequest(taskId: string): ServiceRequest;
  fetchManyRequest(taskIds: readonly string[]): ServiceRequest;
  /** The tasks that the service knows, by id. */
  readMany(body: unknown): ReadonlyMap<string, Task>;
  cancelRequest(taskId: string): ServiceRequest;
  /** Newest first. */
  recentRequest(page: number, size: number): ServiceRequest;
  readRecent(body: unknown): Task[];
  /** @throws NotATask */
  readTask(body: unknown): Task;
  /** The body of a webhook. @throws NotATask */
  readCallback(body: unknown): Task;
  /** The service's own words in the body of a refusal; '' when there are none. */
  readRefusal(body: unknown): string;
}
