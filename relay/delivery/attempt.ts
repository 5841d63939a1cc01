import type { Dispatcher } from 'undici';
import * as zod from 'zod';
import { withWebhookParameters } from '../../delivery/webhook_url.ts';
import { retryAfterSeconds } from '../../services/retry_after.ts';
import type { Due } from './due.ts';

/** What a target made of a delivery. `answer` is what it said, cut, for the connection's own eyes. */
export type Outcome =
  | { readonly kind: 'delivered' | 'gone' | 'failed'; readonly answer: string }
  | { readonly kind: 'busy'; readonly answer: string; readonly seconds: number };

export const TIMEOUT_MILLISECONDS = 15_000;

const LONGEST_ANSWER = 300;

const LONGEST_PAUSE_SECONDS = 24 * 3600;

/** A hook that was switched off answers 410; Zapier also says 404 for one that it does not know. */
const isGone = (status: number, host: string): boolean =>
  status === 410 || (status === 404 && /(^|\.)zapier\.com$/.test(host));

/** What an answer means. */
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
      seconds: retryAfterSeconds(retryAfter, Date.now(), LONGEST_PAUSE_SECONDS),
    };
  }
  return { kind: isGone(status, host) ? 'gone' : 'failed', answer };
}

/** Reads the beginning of an answer and leaves the rest. */
async function beginningOf(body: Dispatcher.ResponseData['body']): Promise<string> {
  let text = '';
  try {
    for await (const chunk of body.setEncoding('utf8')) {
      text += String(chunk);
      if (text.length >= LONGEST_ANSWER) {
        break;
      }
    }
  } catch {
    // What was read until then will do.
  }
  return text.replaceAll('\0', '').toWellFormed().slice(0, LONGEST_ANSWER).trim();
}

const thrown = zod.object({ name: zod.string(), code: zod.string().optional().catch(undefined) });

function wordsFor(error: unknown): string {
  const { name = '', code } = thrown.safeParse(error).data ?? {};
  if (name.endsWith('TimeoutError')) {
    return `It did not answer within ${TIMEOUT_MILLISECONDS / 1000} s.`;
  }
  return code ? `It could not be reached (${code}).` : 'It could not be reached.';
}

/** A hook gets the parameters that its trigger reads; a step's callback URL stays as Zapier made it. */
const addressOf = ({ hook_id, target_url, reference }: Due): string =>
  hook_id === null ? target_url : withWebhookParameters(target_url, { reference, forwarded: true });

/** One POST of an event, body and secret untouched. Never rejects, follows no redirect. */
export async function attempt(dispatcher: Dispatcher, due: Due): Promise<Outcome> {
  const url = new URL(addressOf(due));
  try {
    const response = await dispatcher.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-webhook-secret': due.secret },
      body: due.body,
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    const retryAfter = response.headers['retry-after'];
    return outcomeOf(
      response.statusCode,
      url.hostname,
      Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
      await beginningOf(response.body),
    );
  } catch (error) {
    return { kind: 'failed', answer: wordsFor(error) };
  }
}
