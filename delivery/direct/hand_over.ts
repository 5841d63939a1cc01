import type { ZObject } from 'zapier-platform-core';
import type { Receiver } from '../hook.ts';
import { passedOn } from '../passed_on.ts';
import type { ReceivedWebhook } from '../read_webhook.ts';
import { hookSecret } from '../secret.ts';
import { withWebhookParameters } from '../webhook_url.ts';
import { post } from './post.ts';

const TIMEOUT_MILLISECONDS = 5_000;

/**
 * Posts a webhook to the hook that received it, marked as forwarded: so its Zap runs at once, in a
 * run of its own, while this one is busy passing the event on to others.
 * @returns whether Zapier took it
 */
export async function handOver(
  z: ZObject,
  apiKey: string,
  webhook: ReceivedWebhook,
  { target_url }: Receiver,
): Promise<boolean> {
  if (target_url === '') {
    return false;
  }
  const { reference, operation } = webhook;
  const url = withWebhookParameters(target_url, { reference, operation, forwarded: true });
  const { body, headers } = passedOn(webhook, hookSecret(apiKey, target_url));
  const answer = await post(z, url, body, {
    headers,
    timeoutMilliseconds: TIMEOUT_MILLISECONDS,
  });
  return answer === 'accepted';
}
