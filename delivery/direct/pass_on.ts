import type { ZObject } from 'zapier-platform-core';
import { inTime } from '../../errors/in_time.ts';
import { hasEnded, isWhole } from '../../midjourney/task.ts';
import type { Connection } from '../../services/connection.ts';
import type { Cache } from '../cache.ts';
import { eventOf, type Receiver } from '../hook.ts';
import type { ReceivedWebhook } from '../read_webhook.ts';
import { rememberEnd } from '../seen_events.ts';
import { type Directory, isFresh, readDirectory, renew, subscribe } from './directory.ts';
import { fanOut } from './fan_out.ts';
import { resumeStep } from './resume_step.ts';

/** That a hook was called proves that its Zap is on; if the cache forgot it, it is entered again. */
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

/** No attempt begins in this time before the end, so that the directory can still be updated. */
const LAST_UPDATES_MILLISECONDS = 5_000;

/** What the first attempt has at the least, when a step read the end at the last moment. */
const SHORTEST_ATTEMPT_MILLISECONDS = 1_500;

async function passOnUntil(
  z: ZObject,
  cache: Cache,
  connection: Connection,
  webhook: ReceivedWebhook,
  receiver: Receiver | undefined,
  deadline: number,
): Promise<void> {
  const { task } = webhook;
  const event = eventOf(task);
  const resuming =
    hasEnded(task) && webhook.resume !== ''
      ? resumeStep(z, cache, connection, webhook, deadline)
      : undefined;
  const directory = await readDirectory(cache);
  const options = { apiKey: connection.apiKey, ownId: receiver?.id ?? '', deadline };
  await Promise.all([
    resuming,
    event && fanOut(z, cache, directory, webhook, event, options),
    receiver && stayListed(cache, directory, receiver).catch(() => undefined),
    // Only Task Progress asks whether a task has ended.
    isWhole(task) &&
      directory.slots.some(({ hook }) => hook.event === 'task.progress') &&
      rememberEnd(cache, task.id),
  ]);
}

/**
 * What the first receiver of a webhook does for everybody else. What was forwarded is never
 * forwarded again. Never rejects.
 * @param receiver undefined for a step that waited for its own task
 * @param end epoch milliseconds by which it is back
 */
export async function passOn(
  z: ZObject,
  cache: Cache,
  connection: Connection,
  webhook: ReceivedWebhook,
  receiver: Receiver | undefined,
  end = Date.now() + BUDGET_MILLISECONDS,
): Promise<void> {
  if (webhook.forwarded) {
    return;
  }
  const deadline = Math.max(
    end - LAST_UPDATES_MILLISECONDS,
    Date.now() + SHORTEST_ATTEMPT_MILLISECONDS,
  );
  await inTime(
    end - Date.now(),
    passOnUntil(z, cache, connection, webhook, receiver, deadline),
  ).catch(() =>
    z.console.log('Stopped passing an event on to other Zaps, because the time was up.'),
  );
}
