import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The secret chain. Everything follows from the API key, so nothing is stored and nobody types a
 * secret; a step back up the chain is not possible. All are base64url without padding.
 */
const hmac = (key: string, message: string): string =>
  createHmac('sha256', key).update(message).digest('base64url');

let last: { readonly apiKey: string; readonly token: string } | undefined;

/**
 * M: proves to a relay that its bearer holds the key, without showing the key. All others follow
 * from it, several for each event, so the last one made is kept.
 */
export function managementToken(apiKey: string): string {
  if (last?.apiKey !== apiKey) {
    last = { apiKey, token: hmac(apiKey, 'midjourney-zapier/manage') };
  }
  return last.token;
}

/** S out of M. */
export const callbackSecretOf = (token: string): string =>
  hmac(token, 'midjourney-zapier/callback');

/**
 * S: what a relay is called with, and calls hooks with. It is the same for every hook and step of an
 * API key, and all of them take it, as earlier versions gave it to every task.
 */
export const callbackSecret = (apiKey: string): string => callbackSecretOf(managementToken(apiKey));

/**
 * The `webhook_secret` of what is to come to this hook URL, which only its Zap takes: a genuine
 * webhook of another connection with the same key proves nothing there.
 */
export const hookSecret = (apiKey: string, targetUrl: string): string =>
  hmac(managementToken(apiKey), `midjourney-zapier/hook ${targetUrl}`);

/** The same for the callback URLs of steps, which check besides that a task is theirs. */
export const stepSecret = (apiKey: string): string =>
  hmac(managementToken(apiKey), 'midjourney-zapier/step');

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
