import { escapeCurlies } from '../services/curlies.ts';
import type { ReceivedWebhook } from './read_webhook.ts';

/** The header in which a service that signs its webhooks has the signature, and in which it is passed on. */
export const SIGNATURE_HEADER = 'x-webhook-signature';

/**
 * A webhook as it goes to another hook or callback URL, which takes this secret. A signature is good
 * for the very bytes that it was made for, so it stays behind where these have to change on the way.
 */
export function passedOn({ content, signature }: ReceivedWebhook, secret: string) {
  const body = escapeCurlies(content);
  return {
    body,
    headers: {
      'x-webhook-secret': secret,
      ...(signature !== '' && body === content && { [SIGNATURE_HEADER]: signature }),
    },
  };
}
