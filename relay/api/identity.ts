import type { FastifyRequest } from 'fastify';
import * as zod from 'zod';
import { callbackSecretOf, connectionId, isSameSecret } from '../../delivery/secret.ts';
import { readWebhookParameters, type WebhookParameters } from '../../delivery/webhook_url.ts';
import { Refusal } from './errors.ts';

/** The management token that a request carries. @throws Refusal */
function tokenOf(request: FastifyRequest): string {
  const token = /^Bearer ([\w-]{43})$/.exec(request.headers.authorization ?? '')?.[1];
  if (!token) {
    throw new Refusal(
      401,
      'unauthorized',
      'Send the management token of the connection as "Authorization: Bearer …".',
    );
  }
  return token;
}

/** The secret that hooks and callbacks of the connection take. @throws Refusal */
export const secretOf = (request: FastifyRequest): string => callbackSecretOf(tokenOf(request));

/**
 * The connection that a request authenticates as. The management token is derived from the API key,
 * and the connection's id from the token, so the relay identifies connections without their keys.
 * @throws Refusal
 */
export const connectionOf = (request: FastifyRequest): string => connectionId(secretOf(request));

const callbackPath = zod.object({ connection: zod.string() });

/** Format of a callback secret: a SHA-256 HMAC in base64url. */
const SECRET = /^[\w-]{43}$/;

/** What stands in the query string of a callback. */
export const parametersOf = ({ url }: FastifyRequest): WebhookParameters =>
  readWebhookParameters(/\?(.*)$/s.exec(url)?.[1] ?? '');

/**
 * The secret of a callback, if it belongs to the connection in the path. It is in a header, or in
 * the query string when the service cannot send a secret.
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

/** Carries the operator's access token when a hook is subscribed. */
export const ACCESS_TOKEN_HEADER = 'x-relay-access-token';

/** @throws Refusal when the relay has an access token and the request does not carry it */
export function ensureAccess(request: FastifyRequest, accessToken: string | undefined): void {
  const sent = request.headers[ACCESS_TOKEN_HEADER];
  if (
    accessToken !== undefined &&
    !isSameSecret(typeof sent === 'string' ? sent : '', accessToken)
  ) {
    throw new Refusal(
      403,
      'access_token',
      'This relay needs its access token to switch Zaps on. Set RELAY_ACCESS_TOKEN in the integration to the same value as on the relay.',
    );
  }
}
