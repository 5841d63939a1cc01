import { setTimeout as pause } from 'node:timers/promises';
import type { ZObject } from 'zapier-platform-core';
import { passedOn } from '../passed_on.ts';
import type { ReceivedWebhook } from '../read_webhook.ts';
import { type HookAnswer, post } from './post.ts';

const ATTEMPT_MILLISECONDS = 5_000;
const LONGEST_PAUSE_MILLISECONDS = 3_000;

/** Growing and jittered, so that many receivers of a busy hook do not return together. */
const pauseAfter = (attempts: number): number =>
  Math.min(LONGEST_PAUSE_MILLISECONDS, 200 * 2 ** attempts) * (0.5 + Math.random() / 2);

/** A hook or callback URL, and the secret that it takes. */
export interface Target {
  readonly url: string;
  readonly secret: string;
}

/**
 * Posts a webhook's body to a URL, until it answers for good or the time is up.
 * @param deadline epoch milliseconds
 */
export async function postUntilAnswered(
  z: ZObject,
  { url, secret }: Target,
  webhook: ReceivedWebhook,
  deadline: number,
): Promise<HookAnswer> {
  const { body, headers } = passedOn(webhook, secret);
  for (let attempts = 0; ; attempts += 1) {
    const answer = await post(z, url, body, {
      headers,
      timeoutMilliseconds: Math.min(ATTEMPT_MILLISECONDS, deadline - Date.now()),
    });
    const wait = pauseAfter(attempts);
    if (answer !== 'failed' || Date.now() + wait > deadline) {
      return answer;
    }
    await pause(wait);
  }
}
