import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The secret chain. Everything follows from the API key, so nothing is stored and nobody types a
 * secret; a step back up the chain is not possible. All are base64url without padding.
 */
const hmac = (key: string, message: string): string =>
  createHmac('sha256', key).update(message).digest('base64url');

/** M: proves to a relay that its bearer holds the key, without showing the key. */
export const managementToken = (apiKey: string): string => hmac(apiKey, 'midjourney-zapier/manage');

/** S out of M. */
export const callbackSecretOf = (token: string): string =>
  hmac(token, 'midjourney-zapier/callback');

/** S: the `webhook_secret` of every task; comes back in each webhook's x-webhook-secret header. */
export const callbackSecret = (apiKey: string): string => callbackSecretOf(managementToken(apiKey));

/** What must not be shown of a connection, should somebody quote it. */
export const secretsOf = (apiKey: string): string[] => [
  apiKey,
  managementToken(apiKey),
  callbackSecret(apiKey),
];

/** C: names the connection in public, 22 characters. */
export const connectionId = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url').slice(0, 22);

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares in constant time, also for texts of different lengths. */
export const isSameSecret = (received: string, expected: string): boolean =>
  timingSafeEqual(digest(received), digest(expected));
