import type {
  AfterResponseMiddleware,
  BeforeRequestMiddleware,
  HttpResponse,
  ZObject,
} from 'zapier-platform-core';
import { parsedJson } from './delivery/parsed_json.ts';
import { secretsOf } from './delivery/secret.ts';
import { expired, failed, tryAgainIn } from './errors/errors.ts';
import { isMissing, refused, withoutSecrets } from './errors/refused.ts';
import { type ErrorKind, failureOf } from './midjourney/failure.ts';
import { outcomeUnknown } from './services/call.ts';
import { type Connection, isAtService, readConnection } from './services/connection.ts';
import { retryAfterSeconds } from './services/retry_after.ts';

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

/** PiAPI also refuses with 500. With these reasons nothing can have been started. */
const SURE_REASONS: readonly ErrorKind[] = [
  'banned_prompt',
  'invalid_link',
  'outdated_parent',
  'moderated',
  'quota',
];

const isRefusal = (status: number, words: string): boolean =>
  (status >= 400 && status < 500 && status !== 408) ||
  (status === 500 && SURE_REASONS.includes(failureOf(words).kind));

/** An answer other than success, as a sentence: what happened and what to do. */
function explained(
  z: ZObject,
  response: HttpResponse,
  status: number,
  connection: Connection,
): Error {
  const { label, keyPage } = connection.service;
  const {
    startsTask,
    inGroup,
    connecting,
    again,
    secrets = [],
  } = response.request.middlewareData ?? {};
  const nothing = startsTask && !inGroup ? ' Nothing was started.' : '';
  const words = connection.service.readRefusal(response.data);

  if (again && (status === 401 || status === 429)) {
    return outcomeUnknown(z, connection, status);
  }
  if (status === 401) {
    const message = `${label} does not accept the API key. Copy the key from [your ${label} workspace](${keyPage}) and paste it into the connection again.`;
    return connecting ? failed(z, message, 'wrong_key', status) : expired(z, message);
  }
  if (status === 429) {
    return tryAgainIn(
      z,
      `${label} is receiving too many requests from this account.${nothing}${inGroup ? '' : ' Zapier tries again by itself.'}`,
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
  if (connecting && status < 500) {
    return failed(
      z,
      `${label} did not accept this connection (HTTP ${status}). Check the API Key and the Base URL.`,
      'not_accepted',
      status,
    );
  }
  if (isRefusal(status, words)) {
    const { service, apiKey } = connection;
    return refused(
      z,
      { service, secrets: [...secretsOf(apiKey), ...secrets] },
      words,
      nothing,
      status,
    );
  }
  return startsTask
    ? outcomeUnknown(z, connection, status)
    : failed(
        z,
        `${label} had an internal error (HTTP ${status}). Try again in a few minutes.`,
        'service_error',
        status,
      );
}

/** The API key and what follows from it, should the service quote it in an answer. */
export const hideSecrets: AfterResponseMiddleware = (response, z, bundle) => {
  const connection = readConnection(z, bundle.authData);
  const { url = '', raw } = response.request;
  // The content of a file is a stream, which is not touched here.
  if (raw || !isAtService(url, connection)) {
    return response;
  }
  const { content } = response;
  const hidden = withoutSecrets(content, secretsOf(connection.apiKey));
  return hidden === content ? response : { ...response, content: hidden, data: parsedJson(hidden) };
};

/** Turns refusals of the service into errors; who calls a hook or a picture reads the answer itself. */
export const explainRefusal: AfterResponseMiddleware = (response, z, bundle) => {
  const connection = readConnection(z, bundle.authData);
  const { service } = connection;
  const { url = '' } = response.request;
  if (response.skipThrowForStatus || !isAtService(url, connection)) {
    return response;
  }
  const status = service.statusOf?.(response.status, response.data) ?? response.status;
  if (status < 300) {
    return response;
  }
  const { mayBeMissing } = response.request.middlewareData ?? {};
  if (mayBeMissing && isMissing(status, service.readRefusal(response.data))) {
    return { ...response, data: undefined, skipThrowForStatus: true };
  }
  throw explained(z, response, status, connection);
};
