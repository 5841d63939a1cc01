import type { ZObject } from 'zapier-platform-core';
import { hasEnded, type Task } from '../midjourney/task.ts';
import type { Cache } from './cache.ts';
import type { Callback } from './callback.ts';
import {
  type Directory,
  type HookEvent,
  isFresh,
  readDirectory,
  renew,
  subscribe,
} from './directory.ts';
import { fanOut } from './fan_out.ts';
import { rememberEnd } from './memory.ts';

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
const BUDGET_MILLISECONDS = 24_000;

/** What the first receiver of a webhook does for everybody else. Never rejects. */
export async function tellOthers(
  z: ZObject,
  cache: Cache,
  callback: Callback,
  receiver: Receiver,
): Promise<void> {
  const { task } = callback;
  const deadline = Date.now() + BUDGET_MILLISECONDS;
  const directory = await readDirectory(cache);
  await Promise.all([
    fanOut(z, cache, directory, callback, eventOf(task), { ownId: receiver.id, deadline }),
    stayListed(cache, directory, receiver).catch(() => undefined),
    hasEnded(task) && rememberEnd(cache, task.id),
  ]);
}
