import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ZObject } from 'zapier-platform-core';
import { failed } from '../errors/errors.ts';
import { inTime, Late } from '../errors/in_time.ts';
import type { Connection } from './connection.ts';
import { escapeCurlies } from './curlies.ts';
import type { ServiceRequest } from './service.ts';

/** The longest a call may take of the 30 s that Zapier gives a step. */
const TIMEOUT_MILLISECONDS = 18_000;

/** Stops at 27 s, to leave time to report the error. */
const STEP_MILLISECONDS = 27_000;

/** When a step that begins now has to be done, in epoch milliseconds. */
export const endOfStep = (): number => Date.now() + STEP_MILLISECONDS;

/** With less time than this a task is not started: its answer would not come in time to be kept. */
const LEAST_MILLISECONDS = 3_000;

/** Before a create is sent again: a service that is overloaded asks for a moment. */
const AGAIN_MILLISECONDS = 1_000;

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
export const isNetworkFailure = (error: unknown): boolean =>
  error instanceof Late || (error instanceof Error && error.name === 'FetchError');

/** The purpose of a call, which decides what its failure means. */
export interface CallOptions {
  /** A create: when its answer is lost, a task may run and cost. */
  readonly startsTask?: boolean;
  /** The connection test: a wrong key is an answer, not a reason to reconnect. */
  readonly connecting?: boolean;
  /** One of several tasks that a step starts: a refusal is not the end of the step. */
  readonly inGroup?: boolean;
  /** Epoch milliseconds by which there has to be an answer. */
  readonly end?: number;
  /** What it holds besides the key that must not be shown, should the service quote it. */
  readonly secrets?: readonly string[];
  /** Asks for one task: that there is none is an answer; the body is undefined then. */
  readonly mayBeMissing?: boolean;
}

const unknownOutcomes = new WeakSet<Error>();

/** A create is sent again only where that cannot start a second task; else a lost answer is reported. */
export function outcomeUnknown(
  z: ZObject,
  { service: { label } }: Connection,
  status?: number,
): Error {
  const error = failed(
    z,
    `${label} did not say whether the task was started${status ? ` (HTTP ${status})` : ''}. Look at the newest tasks in your ${label} workspace before you run this step again, or you may pay twice.`,
    'outcome_unknown',
    status,
  );
  unknownOutcomes.add(error);
  return error;
}

/** Whether a task may run although its start failed with this. */
export const isOutcomeUnknown = (error: unknown): boolean =>
  error instanceof Error && unknownOutcomes.has(error);

/** How one sending of a request differs from others. */
interface Sending {
  readonly headers: Readonly<Record<string, string>>;
  /** It was sent before and may have been heard, so a refusal of this one proves nothing. */
  readonly again: boolean | undefined;
}

/**
 * Calls the connected service and gives the parsed body, or undefined when it is not JSON.
 * Answers other than 2xx never come back: `middleware.ts` turns them into errors. A create whose answer
 * is lost is sent once more, where the service knows both by their key for one.
 */
export async function call(
  z: ZObject,
  connection: Connection,
  request: ServiceRequest,
  { end = Number.POSITIVE_INFINITY, ...options }: CallOptions = {},
): Promise<unknown> {
  const keyHeader = options.startsTask ? connection.service.idempotencyHeader : undefined;
  const headers = keyHeader ? { [keyHeader]: randomUUID() } : {};
  const sendBy = (again?: boolean) =>
    send(z, connection, request, { ...options, end }, { headers, again });
  try {
    return await sendBy();
  } catch (error) {
    const isTime = end - Date.now() - AGAIN_MILLISECONDS > LEAST_MILLISECONDS;
    if (!keyHeader || !isOutcomeUnknown(error) || !isTime) {
      throw error;
    }
    await pause(AGAIN_MILLISECONDS);
    return sendBy(true);
  }
}

async function send(
  z: ZObject,
  connection: Connection,
  request: ServiceRequest,
  { end, ...options }: CallOptions & { readonly end: number },
  { headers, again }: Sending,
): Promise<unknown> {
  if (options.startsTask && end - Date.now() < LEAST_MILLISECONDS) {
    throw failed(
      z,
      `There was no time left to start this task.${options.inGroup ? '' : ' Nothing was started.'} Run the step again.`,
      'no_time',
    );
  }
  const timeout = Math.max(1, Math.min(TIMEOUT_MILLISECONDS, end - Date.now()));
  try {
    const response = await inTime(
      timeout,
      z.request<unknown>({
        url: connection.baseUrl + request.path,
        method: request.method,
        ...(request.body && { body: escapeCurlies(JSON.stringify(request.body)) }),
        headers: { ...(request.body && { 'content-type': 'application/json' }), ...headers },
        timeout,
        middlewareData: { ...options, again },
      }),
    );
    return response.data;
  } catch (error) {
    if (!isNetworkFailure(error)) {
      throw error;
    }
    throw options.startsTask && (again || !NEVER_ARRIVED.has(codeOf(error)))
      ? outcomeUnknown(z, connection)
      : failed(
          z,
          `${connection.service.label} could not be reached at ${new URL(connection.baseUrl).host}.${options.startsTask ? ' Nothing was started.' : ''} Try again in a few minutes; if you entered a Base URL in the connection, check it.`,
          'unreachable',
        );
  }
}
