import { randomUUID } from 'node:crypto';
import type { ZObject } from 'zapier-platform-core';
import { cacheOf } from '../delivery/cache.ts';
import { chooseWebhook } from '../delivery/endpoint.ts';
import { relayOf, shrinkGroup, webhooksAtRelay } from '../delivery/relay.ts';
import { callbackSecret } from '../delivery/secret.ts';
import type { Task } from '../midjourney/task.ts';
import type { Webhook } from '../services/service.ts';

/** Where the tasks of a step are to report. */
export interface Webhooks {
  /** Undefined when nobody listens. */
  readonly webhook: Webhook | undefined;
  /** For the one task that calls the step back instead of the Zaps that listen. */
  readonly callback: Webhook | undefined;
  /** To be called once the tasks were started. @throws when the step could wait for ever */
  afterStart(tasks: readonly Task[]): Promise<void>;
}

/** What a step wants of them. */
export interface WebhookWish {
  readonly apiKey: string;
  readonly reference: string;
  readonly notifyProgress: boolean;
  /** The step waits to be called back. */
  readonly pauses: boolean;
  /** How many tasks it starts. */
  readonly size: number;
}

const NOTHING_TO_DO = async (): Promise<void> => undefined;

/** Through the relay every task reports to the relay, and that calls the step as well. */
async function relayed(
  z: ZObject,
  relay: NonNullable<ReturnType<typeof relayOf>>,
  wish: WebhookWish,
): Promise<Webhooks> {
  const webhookFor = await webhooksAtRelay(z, relay, wish);
  const group = wish.size > 1 ? { name: randomUUID(), size: wish.size } : undefined;
  return {
    webhook: webhookFor(
      // Asking for the callback URL is what makes the step pause.
      wish.pauses ? { callbackUrl: z.generateCallbackUrl(), group } : undefined,
    ),
    callback: undefined,
    async afterStart(tasks) {
      const started = tasks.flatMap(({ id }) => id || []);
      if (wish.pauses && group && started.length < group.size) {
        await shrinkGroup(z, relay, group.name, started);
      }
    },
  };
}

/**
 * A callback URL takes one POST, so never progress. It takes the webhook of one task; the others
 * of the step report to Zaps that listen.
 */
async function direct(z: ZObject, wish: WebhookWish): Promise<Webhooks> {
  const secret = callbackSecret(wish.apiKey);
  const webhook =
    wish.size > 1 || !wish.pauses
      ? await chooseWebhook(z, cacheOf(z), { ...wish, secret })
      : undefined;
  const callback = wish.pauses
    ? { webhook_endpoint: z.generateCallbackUrl(), webhook_secret: secret, notify_progress: false }
    : undefined;
  return { webhook, callback, afterStart: NOTHING_TO_DO };
}

/**
 * The webhook fields for the tasks of a step.
 * @throws before anything is started, when it cannot be known who listens
 */
export function webhooksOf(z: ZObject, wish: WebhookWish): Promise<Webhooks> {
  const relay = relayOf(z, wish.apiKey);
  return relay ? relayed(z, relay, wish) : direct(z, wish);
}

/** The webhooks of an operation that the service reports nothing of. */
export const NO_WEBHOOKS: Webhooks = {
  webhook: undefined,
  callback: undefined,
  afterStart: NOTHING_TO_DO,
};
