import type { ZObject } from 'zapier-platform-core';
import { escapeCurlies } from '../../services/curlies.ts';
import type { Receiver } from '../hook.ts';
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
  { content, reference }: ReceivedWebhook,
  { target_url }: Receiver,
): Promise<boolean> {
  if (target_url === '') {
    return false;
  }
  const url = withWebhookParameters(target_url, { reference, forwarded: true });
  const answer = await post(z, url, escapeCurlies(content), {
    headers: { 'x-webhook-secret': hookSecret(apiKey, target_url) },
    timeoutMilliseconds: TIMEOUT_MILLISECONDS,
  });
  return answer === 'accepted';
}
