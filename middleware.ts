import type {
  AfterResponseMiddleware,
  BeforeRequestMiddleware,
  HttpResponse,
  ZObject,
} from 'zapier-platform-core';
import { callbackSecret } from './delivery/secret.ts';
import { expired, failed, halted, tryAgainIn } from './errors.ts';
import { cleanText, failureOf } from './midjourney/failure.ts';
import { type Connection, isAtService, readConnection } from './services/connection.ts';

/**
 * The API key goes to the service's own origin and nowhere else. Redirects are not followed
 * there, for node-fetch would carry the header along to another host.
 */
export const addApiKey: BeforeRequestMiddleware = (request, z, bundle) => {
  const connection = readConnection(z, bundle.authData);
  if (!isAtService(request.url, connection)) {
    return request;
  }
  return {
    ...request,
    redirect: 'manual',
    headers: { ...request.headers, 'X-API-Key': connection.apiKey },
  };
};

const DEFAULT_WAIT_SECONDS = 60;

/** Seconds to wait, from a Retry-After header: seconds or an HTTP date; at most an hour. */
export function retryAfterSeconds(header: string | undefined | null, now = Date.now()): number {
  const seconds = /^\d+$/.test(header?.trim() ?? '')
    ? Number(header)
    : Math.ceil((Date.parse(header ?? '') - now) / 1000);
  return Number.isFinite(seconds) ? Math.min(3600, Math.max(1, seconds)) : DEFAULT_WAIT_SECONDS;
}

/** A service may quote what it was sent. */
const withoutSecrets = (text: string, apiKey: string): string =>
  [apiKey, callbackSecret(apiKey)].reduce((rest, secret) => rest.replaceAll(secret, '…'), text);

/** Every refusal of the service, as a sentence that says what happened and what to do. */
function refusal(z: ZObject, response: HttpResponse, connection: Connection): Error {
  const { label, keyPage, readRefusal } = connection.service;
  const reason = withoutSecrets(cleanText(readRefusal(response.data)), connection.apiKey);
  const said = reason ? ` ${label} says: ${reason.replace(/[.!]?$/, '.')}` : '';
  const { status } = response;
  const { startsTask, connecting } = response.request.middlewareData ?? {};

  if (status === 401) {
    const message = `${label} does not accept the API key. Copy the key from [your ${label} workspace](${keyPage}) and paste it into the connection again.`;
    return connecting ? failed(z, message, 'wrong_key', status) : expired(z, message);
  }
  if (status === 429) {
    return tryAgainIn(
      z,
      `${label} is receiving too many requests from this account. Nothing was started; Zapier runs the step again by itself.`,
      retryAfterSeconds(response.getHeader('retry-after')),
    );
  }
  if (status < 400) {
    return failed(
      z,
      `${new URL(connection.baseUrl).host} sends requests on to another address, which this integration does not follow. Check the Base URL in the connection.`,
      'redirected',
      status,
    );
  }
  const { kind, advice } = failureOf(reason);
  // PiAPI also refuses with 500; a reason we know is a refusal, whatever its number.
  if (status < 500 || kind !== 'unknown') {
    return halted(z, `${label} refused this step. Nothing was started.${said} ${advice}`);
  }
  const unknown = startsTask
    ? ` It is not known whether the task was started: look at the newest tasks in your ${label} workspace before you run this step again.`
    : ' Try again in a few minutes.';
  return failed(
    z,
    `${label} had an internal error (HTTP ${status}).${said}${unknown}`,
    'service_error',
    status,
  );
}

/** Maps the service's answers; calls to hooks and pictures are judged by who made them. */
export const explainRefusal: AfterResponseMiddleware = (response, z, bundle) => {
  const connection = readConnection(z, bundle.authData);
  const { url = '' } = response.request;
  if (response.skipThrowForStatus || !isAtService(url, connection) || response.status < 300) {
    return response;
  }
  throw refusal(z, response, connection);
};
