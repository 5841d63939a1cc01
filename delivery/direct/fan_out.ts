import { setTimeout as pause } from 'node:timers/promises';
import type { ZObject } from 'zapier-platform-core';
import { withoutCurlies } from '../../services/call.ts';
import type { Cache } from '../cache.ts';
import { type Callback, FORWARDED_MARK, REFERENCE_MARK } from '../read_webhook.ts';
import { withMarks } from '../webhook_url.ts';
import { type Directory, type HookEvent, isFresh, remove, renew, type Slot } from './directory.ts';
import { type Answer, post } from './post.ts';

const TRY_MILLISECONDS = 5_000;
const LONGEST_PAUSE_MILLISECONDS = 3_000;

/** Growing and jittered, so that many receivers of a busy hook do not return together. */
const pauseAfter = (tries: number): number =>
  Math.min(LONGEST_PAUSE_MILLISECONDS, 200 * 2 ** tries) * (0.5 + Math.random() / 2);

/**
 * Posts until the URL answers for good or the time is up.
 * @param deadline epoch milliseconds
 */
export async function insist(
  z: ZObject,
  url: string,
  callback: Callback,
  deadline: number,
): Promise<Answer> {
  for (let tries = 0; ; tries += 1) {
    const answer = await post(z, url, withoutCurlies(callback.content), {
      headers: { 'x-webhook-secret': callback.secret },
      timeoutMilliseconds: Math.min(TRY_MILLISECONDS, deadline - Date.now()),
    });
    const wait = pauseAfter(tries);
    if (answer !== 'lost' || Date.now() + wait > deadline) {
      return answer;
    }
    await pause(wait);
  }
}

/** Every hook once, though two Zaps switched on together may have entered one twice. */
const once = (slots: readonly Slot[]): Slot[] => [
  ...new Map(slots.map((slot) => [slot.hook.id, slot])).values(),
];

/** Writes down what an answer says about a hook. A cache that fails here costs nothing now. */
async function noteAnswer(cache: Cache, slot: Slot, answer: Answer): Promise<void> {
  if (answer === 'gone') {
    await remove(cache, slot).catch(() => undefined);
  } else if (answer === 'taken' && !isFresh(slot.hook)) {
    await renew(cache, slot).catch(() => undefined);
  }
}

/**
 * PiAPI calls one URL for each task; this passes the call on to every other hook that wants this
 * kind of event. What was passed on to us is never passed on again. It never rejects: a hook that
 * cannot be reached must not cost the receiver its own event.
 * @param options.deadline epoch milliseconds; no try begins after it
 */
export async function fanOut(
  z: ZObject,
  cache: Cache,
  directory: Directory,
  callback: Callback,
  event: HookEvent,
  options: { ownId: string; deadline: number },
): Promise<void> {
  const others = once(directory.slots).filter(
    ({ hook }) => hook.event === event && hook.id !== options.ownId,
  );
  const answers = await Promise.all(
    others.map(async (slot) => {
      const url = withMarks(slot.hook.target_url, {
        [REFERENCE_MARK]: callback.reference,
        [FORWARDED_MARK]: '1',
      });
      const answer = await insist(z, url, callback, options.deadline);
      await noteAnswer(cache, slot, answer);
      return answer;
    }),
  );
  const missed = answers.filter((answer) => answer !== 'taken' && answer !== 'gone').length;
  if (missed > 0 || !directory.complete) {
    z.console.log(
      `Passed ${event} on to ${others.length - missed} of ${others.length} other Zaps.${directory.complete ? '' : ' The list of Zaps could not be read in full.'}`,
    );
  }
}
