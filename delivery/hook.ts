import { createHash } from 'node:crypto';
import { hasEnded, type Task } from '../midjourney/task.ts';

/** What a hook can listen for. */
export const HOOK_EVENTS = ['task.finished', 'task.progress'] as const;
export type HookEvent = (typeof HOOK_EVENTS)[number];

/** The event that a task in this state is; undefined before it is worked on. */
export function eventOf(task: Task): HookEvent | undefined {
  if (hasEnded(task)) {
    return 'task.finished';
  }
  return task.status === 'processing' ? 'task.progress' : undefined;
}

/**
 * An id for a hook that follows from its URL: its id in direct delivery, and anywhere when Zapier
 * does not hand back what subscribing returned.
 */
export const hookId = (event: HookEvent, targetUrl: string): string =>
  createHash('sha256').update(`${event} ${targetUrl}`).digest('base64url').slice(0, 22);

/** What a Zap gets for subscribing; Zapier hands it back with each event. */
export interface Subscription {
  readonly id: string;
  readonly target_url: string;
  /** ISO 8601: when Zapier should subscribe again. */
  readonly expiration_date: string;
}

/** The hook that a webhook came to. */
export interface Receiver {
  /** '' when Zapier did not say. */
  readonly id: string;
  readonly event: HookEvent;
  readonly target_url: string;
}
