import type { ZObject } from 'zapier-platform-core';
import { type Connection, isLoopback } from '../../services/connection.ts';
import type { Cache } from '../cache.ts';
import type { ReceivedWebhook } from '../read_webhook.ts';
import { stepSecret } from '../secret.ts';
import { isFirst } from '../seen_events.ts';
import { withWebhookParameters } from '../webhook_url.ts';
import { postUntilAnswered } from './post_until_answered.ts';

/** Whether a callback URL is Zapier's own; on this machine, where the service is here as well. */
function isCallbackUrl(text: string, { baseUrl }: Connection): boolean {
  const url = URL.parse(text);
  if (!url || `${url.username}${url.password}` !== '') {
    return false;
  }
  return isLoopback(url.hostname)
    ? isLoopback(new URL(baseUrl).hostname)
    : url.protocol === 'https:' && url.port === '' && /(^|\.)zapier\.com$/.test(url.hostname);
}

/**
 * Calls a waiting step at the end of its task, where the service itself must not: it would report
 * progress too, and a callback URL takes one POST. It is marked as forwarded, so that the step does
 * not pass it on in turn. Whoever knows the secret could name any URL, so only Zapier's are called.
 * Never rejects.
 * @param deadline epoch milliseconds; no attempt begins after it
 */
export async function resumeStep(
  z: ZObject,
  cache: Cache,
  connection: Connection,
  webhook: ReceivedWebhook,
  deadline: number,
): Promise<void> {
  if (!isCallbackUrl(webhook.resume, connection)) {
    z.console.log('Did not resume a step: its callback URL is not at Zapier.');
    return;
  }
  const key = `resumed:${webhook.task.id}`;
  if (!(await isFirst(cache, key))) {
    return;
  }
  const url = withWebhookParameters(webhook.resume, { forwarded: true });
  const target = { url, secret: stepSecret(connection.apiKey) };
  if ((await postUntilAnswered(z, target, webhook, deadline)) !== 'accepted') {
    z.console.log('A step that waits for a task could not be resumed at its end.');
    // The service sends some ends twice: the next one may get through.
    await cache.delete(key).catch(() => undefined);
  }
}
