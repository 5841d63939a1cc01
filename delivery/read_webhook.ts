import type { Bundle, ZObject } from 'zapier-platform-core';
import { hasEnded, type Task } from '../midjourney/task.ts';
import type { Connection } from '../services/connection.ts';
import { NotATask, type Service } from '../services/service.ts';
import { callbackSecret, isSameSecret } from './secret.ts';
import { SECRET_MARK } from './webhook_url.ts';

/** Marks in a webhook URL's query string; the service and Zapier hand them on untouched. */
export const REFERENCE_MARK = 'reference';
export const FORWARDED_MARK = 'forwarded';
/** Nobody wants to hear of progress, though the service may tell of it. */
export const QUIET_MARK = 'quiet';
/** The callback URL of a step that waits for the end, and cannot be called by the service itself. */
export const RESUME_MARK = 'resume';
/** A call that only asks whether the hook is still there. */
export const KNOCK_MARK = 'knock';

/** A genuine webhook, read. */
export interface Callback {
  readonly task: Task;
  readonly reference: string;
  /** Another of our hooks passed it on: it must not be passed on again. */
  readonly forwarded: boolean;
  /** Where a step waits for the end of this task; '' when none does. */
  readonly resume: string;
  /** As received but for the secret, to be passed on. */
  readonly content: string;
  readonly secret: string;
}

/** A task object is a few kilobytes; Zapier lets up to 10 MB through. */
const LARGEST_CONTENT = 1_000_000;

/** Zapier renames `x-webhook-secret` to `Http-X-Webhook-Secret`. */
const SECRET_HEADER = /^(http-)?x-webhook-secret$/i;

/** A service that knows no secrets hands it back in the address that it was given. */
const secretIn = (headers: Record<string, unknown>, marks: URLSearchParams): string => {
  const value = Object.entries(headers).find(([name]) => SECRET_HEADER.test(name))?.[1];
  return typeof value === 'string' ? value : (marks.get(SECRET_MARK) ?? '');
};

/** Some services repeat the secret, or the address that holds it, in the body. */
export const withoutSecret = (content: string, secret: string): string =>
  content.replaceAll(secret, '');

function parse(content: string): unknown {
  if (content.length > LARGEST_CONTENT) {
    throw new NotATask('It is larger than any task.');
  }
  try {
    return JSON.parse(content);
  } catch {
    throw new NotATask('It is not JSON.');
  }
}

/**
 * The task that a webhook's body tells of.
 * @throws NotATask
 */
export const taskIn = (service: Service, content: string): Task =>
  service.readCallback(parse(content));

/**
 * Reads what came to a hook or callback URL. Anybody who knows the URL can write to it, so what
 * does not carry the secret, or is no task, is undefined and leaves one line in the log.
 */
export function readCallback(
  z: ZObject,
  rawRequest: Bundle['rawRequest'],
  connection: Connection,
): Callback | undefined {
  const { headers = {}, querystring = '', content = '' } = rawRequest ?? {};
  const marks = new URLSearchParams(querystring);
  if (marks.has(KNOCK_MARK)) {
    return undefined;
  }
  const secret = secretIn(headers, marks);
  if (!isSameSecret(secret, callbackSecret(connection.apiKey))) {
    z.console.log('Ignored a webhook that does not carry the secret of this connection.');
    return undefined;
  }
  try {
    const told = withoutSecret(content, secret);
    const task = taskIn(connection.service, told);
    return marks.has(QUIET_MARK) && !hasEnded(task)
      ? undefined
      : {
          task,
          reference: marks.get(REFERENCE_MARK) ?? '',
          forwarded: marks.has(FORWARDED_MARK),
          resume: marks.get(RESUME_MARK) ?? '',
          content: told,
          secret,
        };
  } catch (error) {
    if (!(error instanceof NotATask)) {
      throw error;
    }
    z.console.log(`Ignored a webhook whose body is no task. ${error.message}`);
    return undefined;
  }
}
