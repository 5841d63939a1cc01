import type { Dispatcher } from 'undici';
import * as zod from 'zod';
import { withWebhookParameters } from '../../delivery/webhook_url.ts';
import { retryAfterSeconds } from '../../services/retry_after.ts';
import type { DueDelivery } from './due_deliveries.ts';
import { post, TIMEOUT_MILLISECONDS } from './post.ts';

/** Outcome of an attempt. `answer` is shown to the connection: the status and the start of the body. */
export type Outcome =
  | { readonly kind: 'delivered' | 'gone' | 'failed'; readonly answer: string }
  | { readonly kind: 'busy'; readonly answer: string; readonly seconds: number };

const MAX_ANSWER_LENGTH = 300;

const MAX_RETRY_AFTER_SECONDS = 24 * 3600;

/** A hook that was switched off answers 410. Zapier also answers 404 for a hook it does not know. */
const isGone = (status: number, host: string): boolean =>
  status === 410 || (status === 404 && /(^|\.)zapier\.com$/.test(host));

/** The outcome of an attempt that got an answer. */
export function outcomeOf(
  status: number,
  host: string,
  retryAfter: string | undefined,
  text = '',
): Outcome {
  const answer = `HTTP ${status}${text ? `: ${text}` : ''}`;
  if (status >= 200 && status < 300) {
    return { kind: 'delivered', answer: `HTTP ${status}` };
  }
  if (status === 429) {
    return {
      kind: 'busy',
      answer,
      seconds: retryAfterSeconds(retryAfter, Date.now(), MAX_RETRY_AFTER_SECONDS),
    };
  }
  return { kind: isGone(status, host) ? 'gone' : 'failed', answer };
}

/** Reads the start of a response body and discards the rest. */
async function startOf(body: Dispatcher.ResponseData['body']): Promise<string> {
  let text = '';
  try {
    for await (const chunk of body.setEncoding('utf8')) {
      text += String(chunk);
      if (text.length >= MAX_ANSWER_LENGTH) {
        break;
      }
    }
  } catch {
    // The body broke off: keep what was read.
  }
  return text.replaceAll('\0', '').toWellFormed().slice(0, MAX_ANSWER_LENGTH).trim();
}

const requestError = zod.object({
  name: zod.string(),
  code: zod.string().optional().catch(undefined),
});

function describeError(error: unknown): string {
  const { name = '', code } = requestError.safeParse(error).data ?? {};
  if (name.endsWith('TimeoutError')) {
    return `It did not answer within ${TIMEOUT_MILLISECONDS / 1000} s.`;
  }
  return code ? `It could not be reached (${code}).` : 'It could not be reached.';
}

/** A hook gets the parameters that its trigger reads; a step's callback URL stays as Zapier made it. */
const addressOf = ({ hook_id, target_url, reference, operation }: DueDelivery): string =>
  hook_id === null
    ? target_url
    : withWebhookParameters(target_url, { reference, operation, forwarded: true });

/** POSTs an event once, with body and secret unchanged. Never rejects; follows no redirects. */
export async function attempt(dispatcher: Dispatcher, due: DueDelivery): Promise<Outcome> {
  const url = new URL(addressOf(due));
  try {
    const response = await post(dispatcher, url, due);
    const retryAfter = response.headers['retry-after'];
    return outcomeOf(
      response.statusCode,
      url.hostname,
      Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
      await startOf(response.body),
    );
  } catch (error) {
    return { kind: 'failed', answer: describeError(error) };
  }
}
