import type { ZObject } from 'zapier-platform-core';
import { failed } from '../errors.ts';
import { inTime, Late } from '../in_time.ts';
import type { Connection } from './connection.ts';
import type { ServiceRequest } from './service.ts';

/** Zapier ends a step after 30 s; what remains is for the caller to say what happened. */
const TIMEOUT_MILLISECONDS = 18_000;

/** Errors that say that no connection was made, so the service cannot have acted. */
const NEVER_ARRIVED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Only failures of the network itself; what `middleware.ts` throws passes through untouched. */
const isNetworkFailure = (error: unknown): boolean =>
  error instanceof Late || (error instanceof Error && error.name === 'FetchError');

/**
 * `{{` inside a JSON string as an escape. Core refuses requests whose text holds `{{bundle.…}}`,
 * which is a legitimate prompt; two open braces never touch in JSON outside of strings.
 */
export const withoutCurlies = (json: string): string => json.replaceAll('{{', '{\\u007b');

/** What a call was for, to say what its failure means. */
export interface CallOptions {
  /** A create: when its answer is lost, a task may run and cost. */
  readonly startsTask?: boolean;
  /** The connection test: a wrong key is an answer, not a reason to reconnect. */
  readonly connecting?: boolean;
  /** Asks for one task: that there is none is an answer; the body is undefined then. */
  readonly mayBeMissing?: boolean;
}

/** Create is not idempotent, so a lost answer is told and not tried again. */
export const outcomeUnknown = (
  z: ZObject,
  { service: { label } }: Connection,
  status?: number,
): Error =>
  failed(
    z,
    `${label} did not say whether the task was started${status ? ` (HTTP ${status})` : ''}. Look at the newest tasks in your ${label} workspace before you run this step again, or you may pay twice.`,
    'outcome_unknown',
    status,
  );

/**
 * Calls the connected service once and gives the parsed body, or undefined when it is not JSON.
 * Answers other than 2xx never come back: `middleware.ts` turns them into errors.
 */
export async function call(
  z: ZObject,
  connection: Connection,
  request: ServiceRequest,
  options: CallOptions = {},
): Promise<unknown> {
  try {
    const response = await inTime(
      TIMEOUT_MILLISECONDS,
      z.request<unknown>({
        url: connection.baseUrl + request.path,
        method: request.method,
        ...(request.body && {
          body: withoutCurlies(JSON.stringify(request.body)),
          headers: { 'content-type': 'application/json' },
        }),
        timeout: TIMEOUT_MILLISECONDS,
        middlewareData: { ...options },
      }),
    );
    return response.data;
  } catch (error) {
    if (!isNetworkFailure(error)) {
      throw error;
    }
    throw options.startsTask && !NEVER_ARRIVED.has(codeOf(error))
      ? outcomeUnknown(z, connection)
      : failed(
          z,
          `${connection.service.label} could not be reached at ${new URL(connection.baseUrl).host}.${options.startsTask ? ' Nothing was started.' : ''} Try again in a few minutes; if you entered a Base URL in the connection, check it.`,
          'unreachable',
        );
  }
}
