import type { ZObject } from 'zapier-platform-core';
import { tryAgainIn } from '../../errors/errors.ts';
import { inTime, Late } from '../../errors/in_time.ts';
import type { Webhook } from '../../services/service.ts';
import type { Cache } from '../cache.ts';
import { KNOCK_MARK, REFERENCE_MARK } from '../read_webhook.ts';
import { withMarks } from '../webhook_url.ts';
import { type Hook, isFresh, readDirectory, remove, renew, type Slot } from './directory.ts';
import { type Answer, post } from './post.ts';

const KNOCK_MILLISECONDS = 2_000;

/**
 * A Zap can be switched off without our hearing of it, and a task whose only webhook URL is gone
 * is heard by nobody. So a hook without a recent sign of life is asked first.
 */
async function answerOf(z: ZObject, cache: Cache, slot: Slot): Promise<Answer> {
  const url = withMarks(slot.hook.target_url, { [KNOCK_MARK]: '1' });
  const answer = await post(z, url, '{}', { timeoutMilliseconds: KNOCK_MILLISECONDS });
  if (answer === 'gone') {
    await remove(cache, slot).catch(() => undefined);
  } else if (answer === 'taken') {
    await renew(cache, slot).catch(() => undefined);
  }
  return answer;
}

/** Hooks for ends first: theirs is the event that must not be lost on the way. Then the newest. */
const byFitness = (a: Slot, b: Slot): number =>
  Number(b.hook.event === 'task.finished') - Number(a.hook.event === 'task.finished') ||
  b.hook.renewed_at - a.hook.renewed_at;

/** The fittest hook that is known to live, else one that may only be busy. */
async function chooseHook(
  z: ZObject,
  cache: Cache,
  slots: readonly Slot[],
): Promise<Hook | undefined> {
  const [fittest, ...others] = [...slots].sort(byFitness);
  if (!fittest || isFresh(fittest.hook)) {
    return fittest?.hook;
  }
  const answers = await Promise.all(
    [fittest, ...others].map(async (slot) => ({
      hook: slot.hook,
      answer: isFresh(slot.hook) ? 'taken' : await answerOf(z, cache, slot),
    })),
  );
  const which = (wanted: Answer) => answers.find(({ answer }) => answer === wanted)?.hook;
  return which('taken') ?? which('lost');
}

const unknownListeners = (z: ZObject): Error =>
  tryAgainIn(
    z,
    'Zapier could not say which of your Zaps listen for this task, so nothing was started. Zapier runs the step again by itself.',
    60,
  );

interface Wish {
  readonly secret: string;
  readonly reference: string;
  readonly notifyProgress: boolean;
}

async function choose(z: ZObject, cache: Cache, wish: Wish): Promise<Webhook | undefined> {
  const directory = await readDirectory(cache);
  const hook = await chooseHook(z, cache, directory.slots);
  if (!hook && !directory.complete) {
    throw unknownListeners(z);
  }
  return (
    hook && {
      webhook_endpoint: withMarks(hook.target_url, { [REFERENCE_MARK]: wish.reference }),
      webhook_secret: wish.secret,
      notify_progress:
        wish.notifyProgress && directory.slots.some((slot) => slot.hook.event === 'task.progress'),
    }
  );
}

/** Leaves the call to the service its own time within Zapier's 30 s. */
const BUDGET_MILLISECONDS = 10_000;

/**
 * The webhook fields of a new task, or undefined when no Zap listens.
 * @throws an error that makes Zapier run the step again later, when it cannot be known who listens
 */
export async function chooseWebhook(
  z: ZObject,
  cache: Cache,
  wish: Wish,
): Promise<Webhook | undefined> {
  try {
    return await inTime(BUDGET_MILLISECONDS, choose(z, cache, wish));
  } catch (error) {
    throw error instanceof Late ? unknownListeners(z) : error;
  }
}
