import type { ZObject } from 'zapier-platform-core';
import { inTime } from '../../errors/in_time.ts';
import { hasEnded, type Task } from '../../midjourney/task.ts';
import { isSafeBase } from '../../services/connection.ts';
import type { Cache } from '../cache.ts';
import { rememberEnd } from '../memory.ts';
import type { Callback } from '../read_webhook.ts';
import {
  type Directory,
  type HookEvent,
  isFresh,
  readDirectory,
  renew,
  subscribe,
} from './directory.ts';
import { fanOut } from './fan_out.ts';
import { resumeStep } from './resume_step.ts';

/** The hook that a webhook came to. */
export interface Receiver {
  readonly id: string;
  readonly event: HookEvent;
  readonly target_url: string;
}

/** The kind of hook that wants to hear of a task in this state. */
export const eventOf = (task: Task): HookEvent =>
  hasEnded(task) ? 'task.finished' : 'task.progress';

/** That a hook was called proves that it lives; a cache that forgot it learns of it again. */
async function stayListed(
  cache: Cache,
  directory: Directory,
  { id, event, target_url }: Receiver,
): Promise<void> {
  const slot = directory.slots.find(({ hook }) => hook.id === id);
  if (slot && !isFresh(slot.hook)) {
    await renew(cache, slot);
  } else if (!slot && directory.complete && target_url !== '') {
    await subscribe(cache, event, target_url);
  }
}

/** Leaves the rest of Zapier's 30 s to the receiver's own event. */
const BUDGET_MILLISECONDS = 26_000;

/** No try begins in this time before the end, so that what hooks answered can still be written down. */
const LAST_NOTES_MILLISECONDS = 5_000;

async function tell(
  z: ZObject,
  cache: Cache,
  callback: Callback,
  receiver: Receiver | undefined,
  deadline: number,
): Promise<void> {
  const { task } = callback;
  const resuming =
    hasEnded(task) && isSafeBase(callback.resume.replace(/\?.*$/, ''))
      ? resumeStep(z, cache, callback, deadline)
      : undefined;
  const directory = await readDirectory(cache);
  await Promise.all([
    resuming,
    fanOut(z, cache, directory, callback, eventOf(task), { ownId: receiver?.id ?? '', deadline }),
    receiver && stayListed(cache, directory, receiver).catch(() => undefined),
    // Only who listens for progress asks whether a task has ended.
    hasEnded(task) &&
      directory.slots.some(({ hook }) => hook.event === 'task.progress') &&
      rememberEnd(cache, task.id),
  ]);
}

/**
 * What the first receiver of a webhook does for everybody else. Never rejects.
 * @param receiver undefined for a step that waited for its own task
 * @param end epoch milliseconds by which it is back
 */
export const tellOthers = (
  z: ZObject,
  cache: Cache,
  callback: Callback,
  receiver: Receiver | undefined,
  end = Date.now() + BUDGET_MILLISECONDS,
): Promise<void> =>
  inTime(end - Date.now(), tell(z, cache, callback, receiver, end - LAST_NOTES_MILLISECONDS)).catch(
    () => z.console.log('Stopped passing an event on to other Zaps, for the time was up.'),
  );
