import { randomUUID } from 'node:crypto';
import type { ZObject } from 'zapier-platform-core';
import { cacheOf } from '../delivery/cache.ts';
import { chooseWebhook } from '../delivery/direct/choose_webhook.ts';
import { QUIET_MARK, RESUME_MARK } from '../delivery/read_webhook.ts';
import { type Relay, relayOf } from '../delivery/relayed/relay_client.ts';
import { shrinkGroup, webhooksAtRelay } from '../delivery/relayed/webhooks.ts';
import { callbackSecret } from '../delivery/secret.ts';
import { withMarks } from '../delivery/webhook_url.ts';
import { halted } from '../errors/errors.ts';
import type { Task } from '../midjourney/task.ts';
import type { Reports, Webhook } from '../services/service.ts';

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
  /** The key of the service that reports. */
  readonly service: string;
  /** Of what it tells. */
  readonly reports: Reports;
  readonly reference: string;
  readonly notifyProgress: boolean;
  /** The step waits to be called back. */
  readonly pauses: boolean;
  /** How many tasks it starts. */
  readonly size: number;
}

const NOTHING_TO_DO = async (): Promise<void> => undefined;

/** Of an operation that the service reports nothing of. */
const NO_WEBHOOKS: Webhooks = {
  webhook: undefined,
  callback: undefined,
  afterStart: NOTHING_TO_DO,
};

/** Through the relay every task reports to the relay, and that calls the step as well. */
async function relayed(z: ZObject, relay: Relay, wish: WebhookWish): Promise<Webhooks> {
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

/** A Zap that listens; where progress comes unasked, it knows when nobody wants that. */
async function listeningZap(z: ZObject, wish: WebhookWish, secret: string) {
  const webhook = await chooseWebhook(z, cacheOf(z), { ...wish, secret });
  const isQuiet = wish.reports === 'progress unasked' && webhook?.notify_progress === false;
  return webhook && isQuiet ? marked(webhook, { [QUIET_MARK]: '1' }) : webhook;
}

const marked = (webhook: Webhook, marks: Record<string, string>): Webhook => ({
  ...webhook,
  webhook_endpoint: withMarks(webhook.webhook_endpoint, marks),
});

/**
 * A callback URL takes one POST, so never progress. It takes the webhook of one task; the others
 * of the step report to Zaps that listen. Where progress comes unasked, a Zap that listens takes it
 * all and calls the step back at the end.
 */
async function direct(z: ZObject, wish: WebhookWish): Promise<Webhooks> {
  const secret = callbackSecret(wish.apiKey);
  const throughZap = wish.reports === 'progress unasked';
  const webhook =
    throughZap || wish.size > 1 || !wish.pauses ? await listeningZap(z, wish, secret) : undefined;
  if (!wish.pauses) {
    return { webhook, callback: undefined, afterStart: NOTHING_TO_DO };
  }
  if (throughZap && !webhook) {
    throw halted(
      z,
      'Wait for Result: This service reports progress unasked, and a step that waits can be called only once. So a Zap has to pass the result on: switch on any Zap that starts with Task Finished and uses the same connection. Nothing was started.',
    );
  }
  const callbackUrl = z.generateCallbackUrl();
  const callback =
    webhook && throughZap
      ? marked(webhook, { [RESUME_MARK]: callbackUrl })
      : { webhook_endpoint: callbackUrl, webhook_secret: secret, notify_progress: false };
  return { webhook, callback, afterStart: NOTHING_TO_DO };
}

/**
 * The webhook fields for the tasks of a step.
 * @throws before anything is started, when it cannot be known who listens
 */
export function webhooksOf(z: ZObject, wish: WebhookWish): Promise<Webhooks> {
  if (wish.reports === 'nothing') {
    return Promise.resolve(NO_WEBHOOKS);
  }
  const relay = relayOf(z, wish.apiKey);
  return relay ? relayed(z, relay, wish) : direct(z, wish);
}
