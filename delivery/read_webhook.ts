import type { Bundle, ZObject } from 'zapier-platform-core';
import { withoutSecrets } from '../errors/refused.ts';
import { hasEnded, type Task } from '../midjourney/task.ts';
import type { Connection } from '../services/connection.ts';
import type { ReadTask } from '../services/read_tasks.ts';
import { NotATask, type Service } from '../services/service.ts';
import { callbackSecret, isSameSecret, secretsOf } from './secret.ts';
import { parsed, smallBody } from './small_body.ts';
import { readWebhookParameters } from './webhook_url.ts';

/** A genuine webhook, read. */
export interface ReceivedWebhook {
  readonly task: Task;
  readonly reference: string;
  /** Another of our hooks, or the relay, passed it on: it must not be passed on again. */
  readonly forwarded: boolean;
  /** The callback URL of a step that waits for the end of this task; '' when none does. */
  readonly resume: string;
  /** The body as received, but for the secret and what is too large, to be passed on. */
  readonly content: string;
}

/** Zapier renames `x-webhook-secret` to `Http-X-Webhook-Secret`. */
const SECRET_HEADER = /^(http-)?x-webhook-secret$/i;

const secretIn = (headers: Record<string, unknown>): string | undefined => {
  const value = Object.entries(headers).find(([name]) => SECRET_HEADER.test(name))?.[1];
  return typeof value === 'string' ? value : undefined;
};

/** Some services repeat the secret, or the URL that holds it, in the body. */
export const withoutSecret = (content: string, secret: string): string =>
  content.replaceAll(secret, '');

/**
 * The task that a webhook's body reports on.
 * @throws NotATask
 */
export const taskIn = (service: Service, content: string): Task =>
  service.readCallback(parsed(content));

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
  const { ping, quiet, reference, forwarded, resume, ...parameters } =
    readWebhookParameters(querystring);
  if (ping) {
    return undefined;
  }
  const secret = secretIn(headers) ?? parameters.secret;
  const { apiKey } = connection;
  const taken = [ownSecret, callbackSecret(apiKey)];
  if (!taken.some((one) => isSameSecret(secret, one))) {
    z.console.log('Ignored a webhook that does not carry the secret of this hook.');
    return undefined;
  }
  try {
    const body = smallBody(withoutSecrets(withoutSecret(content, secret), secretsOf(apiKey)));
    const task = taskIn(connection.service, body);
    return quiet && !hasEnded(task)
      ? undefined
      : { task, reference, forwarded, resume, content: body };
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
  forwarded: false,
  resume: '',
  content: JSON.stringify(body),
});
