import type { ZObject } from 'zapier-platform-core';
import type { Cache } from '../cache.ts';
import type { ReceivedWebhook } from '../read_webhook.ts';
import { isFirst } from '../seen_events.ts';
import { withWebhookParameters } from '../webhook_url.ts';
import { postUntilAnswered } from './post_until_answered.ts';

/**
 * Calls a waiting step at the end of its task, where the service itself must not: it would report
 * progress too, and a callback URL takes one POST. It is marked as forwarded, so that the step does
 * not pass it on in turn. Never rejects.
 * @param deadline epoch milliseconds; no attempt begins after it
 */
export async function resumeStep(
  z: ZObject,
  cache: Cache,
  webhook: ReceivedWebhook,
  deadline: number,
): Promise<void> {
  const key = `resumed:${webhook.task.id}`;
  if (!(await isFirst(cache, key))) {
    return;
  }
  const url = withWebhookParameters(webhook.resume, { forwarded: true });
  if ((await postUntilAnswered(z, url, webhook, deadline)) !== 'accepted') {
    z.console.log('A step that waits for a task could not be resumed at its end.');
    // The service sends some ends twice: the next one may get through.
    await cache.delete(key).catch(() => undefined);
  }
}
