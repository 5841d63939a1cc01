import type { FastifyRequest } from 'fastify';
import * as zod from 'zod';
import { callbackSecretOf, connectionId, isSameSecret } from '../../delivery/secret.ts';
import { readWebhookParameters, type WebhookParameters } from '../../delivery/webhook_url.ts';
import { Refusal } from './errors.ts';

/**
 * The connection that a request speaks for. Its management token follows from the API key, and the
 * connection's id from the token, so the relay knows whose request it is without knowing any key.
 * @throws Refusal
 */
export function connectionOf(request: FastifyRequest): string {
  const token = /^Bearer ([\w-]{43})$/.exec(request.headers.authorization ?? '')?.[1];
  if (!token) {
    throw new Refusal(
      401,
      'unauthorized',
      'Send the management token of the connection as "Authorization: Bearer …".',
    );
  }
  return connectionId(callbackSecretOf(token));
}

const callbackPath = zod.object({ connection: zod.string() });

/** What the secret of every connection looks like. */
const SECRET = /^[\w-]{43}$/;

/** What stands in the query string of a callback. */
export const parametersOf = ({ url }: FastifyRequest): WebhookParameters =>
  readWebhookParameters(url.slice(url.indexOf('?') + 1));

/**
 * The secret that a callback carries, if it is that of the connection in its path. It is in a
 * header, or in the query when the service knows no secrets.
 */
export function genuineSecretOf(request: FastifyRequest): string | undefined {
  const secret = request.headers['x-webhook-secret'] ?? parametersOf(request).secret;
  const path = callbackPath.safeParse(request.params);
  return typeof secret === 'string' &&
    SECRET.test(secret) &&
    path.success &&
    isSameSecret(connectionId(secret), path.data.connection)
    ? secret
    : undefined;
}

/**
 * Whose share of requests this one is: the connection's, if it carries the secret or the token of
 * one, else that of the sender's address. So nobody can use up the share of a connection whose
 * public name is all that he knows.
 */
export function shareOf(request: FastifyRequest): string {
  const secret = genuineSecretOf(request);
  if (secret !== undefined) {
    return connectionId(secret);
  }
  try {
    return connectionOf(request);
  } catch {
    return request.ip;
  }
}

/** What the operator of a relay may ask of those who subscribe. */
export const ACCESS_TOKEN_HEADER = 'x-relay-access-token';

/** @throws Refusal when the relay has an access token and the request does not present it */
export function ensureAccess(request: FastifyRequest, accessToken: string | undefined): void {
  const presented = request.headers[ACCESS_TOKEN_HEADER];
  if (
    accessToken !== undefined &&
    !isSameSecret(typeof presented === 'string' ? presented : '', accessToken)
  ) {
    throw new Refusal(
      403,
      'access_token',
      'This relay needs its access token for switching Zaps on. Set RELAY_ACCESS_TOKEN in the integration to the same value as on the relay.',
    );
  }
}
