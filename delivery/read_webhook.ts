import type { Bundle, ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { withoutSecrets } from '../errors/refused.ts';
import { isOperation } from '../midjourney/operations.ts';
import { hasEnded, type Task } from '../midjourney/task.ts';
import type { Connection } from '../services/connection.ts';
import type { ReadTask } from '../services/read_tasks.ts';
import { NotATask, type Service } from '../services/service.ts';
import { hidesStep } from '../services/started_by.ts';
import { parsedJson } from './parsed_json.ts';
import { SIGNATURE_HEADER } from './passed_on.ts';
import { callbackSecret, isSameSecret, secretsOf } from './secret.ts';
import { parsed, smallBody } from './small_body.ts';
import { readWebhookParameters } from './webhook_url.ts';

/** A genuine webhook, read. */
export interface ReceivedWebhook {
  readonly task: Task;
  readonly reference: string;
  /** As the URL has it, from a service that does not say it; '' otherwise. */
  readonly operation: string;
  /** Another of our hooks, or the relay, passed it on: it must not be passed on again. */
  readonly forwarded: boolean;
  /** The callback URL of a step that waits for the end of this task; '' when none does. */
  readonly resume: string;
  /** The body as received, but for the secret and what is too large, to be passed on. */
  readonly content: string;
  /** What the service signed the body with; '' where it did not, or something was cut from the body. */
  readonly signature: string;
}

/** Zapier renames `x-webhook-secret` to `Http-X-Webhook-Secret`. */
function headerIn(headers: Record<string, unknown>, wanted: string): string | undefined {
  const isWanted = (name: string): boolean => name.toLowerCase().replace(/^http-/, '') === wanted;
  const value = Object.entries(headers).find(([name]) => isWanted(name))?.[1];
  return typeof value === 'string' ? value : undefined;
}

/** Some services repeat the secret, or the URL that holds it, in the body. */
export const withoutSecret = (content: string, secret: string): string =>
  content.replaceAll(secret, '');

/**
 * The task that a webhook's body reports on.
 * @param operation what it is of, where the service does not say it
 * @throws NotATask
 */
export function taskIn(service: Service, content: string, operation = ''): Task {
  const task = service.readCallback(parsed(content));
  return isOperation(operation) && hidesStep(service, task) ? { ...task, operation } : task;
}

/** A task whose end has not come, about which the relay asks. */
export interface OverdueTask {
  readonly taskId: string;
  /** The query string of the webhook URL that its end is to come to. */
  readonly callback: string;
  /** For how many seconds it has run. */
  readonly age: number;
}

const question = zod.object({ callback: zod.string(), age: zod.number() });

/** What the relay asks about; undefined for a webhook, and for what does not carry the secret. */
export function readOverdue(
  rawRequest: Bundle['rawRequest'],
  { apiKey }: Connection,
): OverdueTask | undefined {
  const { headers = {}, querystring = '', content = '' } = rawRequest ?? {};
  const { overdue: taskId } = readWebhookParameters(querystring);
  const secret = headerIn(headers, 'x-webhook-secret') ?? '';
  if (taskId === '' || !isSameSecret(secret, callbackSecret(apiKey))) {
    return undefined;
  }
  const { data } = zod.safeParse(question, parsedJson(content));
  return data && { taskId, ...data };
}

/**
 * Reads what came to a hook or callback URL. Anybody who knows the URL can write to it, so what
 * does not carry a secret that it takes, or is no task, is undefined and leaves one line in the log.
 * @param ownSecret that of this very URL
 */
export function readWebhook(
  z: ZObject,
  rawRequest: Bundle['rawRequest'],
  connection: Connection,
  ownSecret: string,
): ReceivedWebhook | undefined {
  const { headers = {}, querystring = '', content = '' } = rawRequest ?? {};
  const { ping, overdue, quiet, reference, operation, forwarded, resume, ...parameters } =
    readWebhookParameters(querystring);
  if (ping || overdue) {
    return undefined;
  }
  const secret = headerIn(headers, 'x-webhook-secret') ?? parameters.secret;
  const { apiKey, service } = connection;
  const taken = [ownSecret, callbackSecret(apiKey)];
  if (!taken.some((one) => isSameSecret(secret, one))) {
    z.console.log('Ignored a webhook that does not carry the secret of this hook.');
    return undefined;
  }
  const { isSigned } = service.webhookProof;
  const signature = (isSigned && headerIn(headers, SIGNATURE_HEADER)) || '';
  if (isSigned && signature !== '' && !isSigned(content, signature, apiKey)) {
    z.console.log('Ignored a webhook whose signature was not made for its body.');
    return undefined;
  }
  try {
    const body = smallBody(withoutSecrets(withoutSecret(content, secret), secretsOf(apiKey)));
    const task = taskIn(service, body, operation);
    return quiet && !hasEnded(task)
      ? undefined
      : {
          ...{ task, reference, operation, forwarded, resume, content: body },
          signature: body === content ? signature : '',
        };
  } catch (error) {
    if (!(error instanceof NotATask)) {
      throw error;
    }
    z.console.log(`Ignored a webhook whose body is no task. ${error.message}`);
    return undefined;
  }
}

/** The webhook that a service would have sent, from the body of a read. */
export const webhookOf = ({ task, body }: ReadTask): ReceivedWebhook => ({
  task,
  reference: '',
  operation: '',
  forwarded: false,
  resume: '',
  content: JSON.stringify(body),
  signature: '',
});
