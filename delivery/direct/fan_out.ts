import type { ZObject } from 'zapier-platform-core';
import type { Cache } from '../cache.ts';
import type { HookEvent } from '../hook.ts';
import type { ReceivedWebhook } from '../read_webhook.ts';
import { withWebhookParameters } from '../webhook_url.ts';
import { type Directory, isFresh, remove, renew, type Slot } from './directory.ts';
import type { HookAnswer } from './post.ts';
import { postUntilAnswered } from './post_until_answered.ts';
import { secretOf } from './secret_of.ts';

/** Every hook once, though two Zaps switched on together may have entered one twice. */
const withoutDuplicates = (slots: readonly Slot[]): Slot[] => [
  ...new Map(slots.map((slot) => [slot.hook.id, slot])).values(),
];

/** Updates the directory with what an answer says about a hook. A cache that fails costs nothing now. */
async function noteAnswer(cache: Cache, slot: Slot, answer: HookAnswer): Promise<void> {
  if (answer === 'gone') {
    await remove(cache, slot).catch(() => undefined);
  } else if (answer === 'accepted' && !isFresh(slot.hook)) {
    await renew(cache, slot).catch(() => undefined);
  }
}

/**
 * A service calls one URL for each task; this forwards the call to every other hook that wants this
 * kind of event. It never rejects: a hook that cannot be reached must not cost the receiver its own
 * event.
 * @param options.deadline epoch milliseconds; no attempt begins after it
 */
export async function fanOut(
  z: ZObject,
  cache: Cache,
  directory: Directory,
  webhook: ReceivedWebhook,
  event: HookEvent,
  options: { apiKey: string; ownId: string; deadline: number },
): Promise<void> {
  const others = withoutDuplicates(directory.slots).filter(
    ({ hook }) => hook.event === event && hook.id !== options.ownId,
  );
  const answers = await Promise.all(
    others.map(async (slot) => {
      const url = withWebhookParameters(slot.hook.target_url, {
        reference: webhook.reference,
        operation: webhook.operation,
        forwarded: true,
      });
      const target = { url, secret: secretOf(options.apiKey, slot.hook) };
      const answer = await postUntilAnswered(z, target, webhook, options.deadline);
      await noteAnswer(cache, slot, answer);
      return answer;
    }),
  );
  const missed = answers.filter((answer) => answer !== 'accepted' && answer !== 'gone').length;
  if (missed > 0 || !directory.complete) {
    z.console.log(
      `Passed ${event} on to ${others.length - missed} of ${others.length} other Zaps.${directory.complete ? '' : ' The list of Zaps could not be read in full.'}`,
    );
  }
}
