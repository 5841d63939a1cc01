import type { ZObject } from 'zapier-platform-core';
import { tryAgainIn } from '../../errors/errors.ts';
import { inTime, Late } from '../../errors/in_time.ts';
import type { Cache } from '../cache.ts';
import { withWebhookParameters } from '../webhook_url.ts';
import { type Hook, isFresh, readDirectory, remove, renew, type Slot } from './directory.ts';
import { doubtSince } from './doubt.ts';
import { type HookAnswer, post } from './post.ts';

const PING_MILLISECONDS = 2_000;

/**
 * Zapier switches a Zap off even when unsubscribing fails, and a task whose only webhook URL is gone
 * reaches nobody. So a hook without a recent sign of life, or with none since such a failure, is
 * pinged first.
 */
async function ping(z: ZObject, cache: Cache, slot: Slot): Promise<HookAnswer> {
  const url = withWebhookParameters(slot.hook.target_url, { ping: true });
  const answer = await post(z, url, '{}', { timeoutMilliseconds: PING_MILLISECONDS });
  if (answer === 'gone') {
    await remove(cache, slot).catch(() => undefined);
  } else if (answer === 'accepted') {
    await renew(cache, slot).catch(() => undefined);
  }
  return answer;
}

/** Hooks for ends first: theirs is the event that must not be lost on the way. Then the newest. */
const byPriority = (a: Slot, b: Slot): number =>
  Number(b.hook.event === 'task.finished') - Number(a.hook.event === 'task.finished') ||
  b.hook.renewed_at - a.hook.renewed_at;

/**
 * The best hook that is known to answer, else one that may only be busy.
 * @param doubt epoch milliseconds: signs of life from before prove nothing
 */
async function bestHook(
  z: ZObject,
  cache: Cache,
  slots: readonly Slot[],
  doubt: number,
): Promise<Hook | undefined> {
  const isProven = (hook: Hook): boolean => isFresh(hook) && hook.renewed_at > doubt;
  const [best, ...others] = [...slots].sort(byPriority);
  if (!best || isProven(best.hook)) {
    return best?.hook;
  }
  const answers = await Promise.all(
    [best, ...others].map(async (slot) => ({
      hook: slot.hook,
      answer: isProven(slot.hook) ? 'accepted' : await ping(z, cache, slot),
    })),
  );
  const first = (wanted: HookAnswer) => answers.find(({ answer }) => answer === wanted)?.hook;
  return first('accepted') ?? first('failed');
}

const unknownListeners = (z: ZObject): Error =>
  tryAgainIn(
    z,
    'Zapier could not say which of your Zaps listen for this task, so nothing was started. Zapier runs the step again by itself.',
    60,
  );

/** The hook that a new task reports to. */
export interface ChosenHook {
  readonly hook: Hook;
  /** Whether a Task Progress Zap is on. */
  readonly progressIsWanted: boolean;
}

async function choose(z: ZObject, cache: Cache): Promise<ChosenHook | undefined> {
  const [{ slots, complete }, doubt] = await Promise.all([readDirectory(cache), doubtSince(cache)]);
  const hook = await bestHook(z, cache, slots, doubt);
  if (!hook && !complete) {
    throw unknownListeners(z);
  }
  return (
    hook && { hook, progressIsWanted: slots.some((slot) => slot.hook.event === 'task.progress') }
  );
}

/** Leaves the call to the service its own time within Zapier's 30 s. */
const BUDGET_MILLISECONDS = 10_000;

/**
 * The hook that a new task reports to, or undefined when no Zap listens.
 * @throws an error that makes Zapier run the step again later, when it cannot be known who listens
 */
export async function chooseHook(z: ZObject, cache: Cache): Promise<ChosenHook | undefined> {
  try {
    return await inTime(BUDGET_MILLISECONDS, choose(z, cache));
  } catch (error) {
    throw error instanceof Late ? unknownListeners(z) : error;
  }
}
