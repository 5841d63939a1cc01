import type { ZObject } from 'zapier-platform-core';
import { halted } from '../../errors/errors.ts';
import type { Connection } from '../../services/connection.ts';
import { reportsUnasked, type Webhook } from '../../services/service.ts';
import type { Cache } from '../cache.ts';
import { NO_WEBHOOKS, type WebhookRequest, type Webhooks } from '../delivery.ts';
import { stepSecret } from '../secret.ts';
import { webhookFields } from '../webhook_fields.ts';
import { withWebhookParameters } from '../webhook_url.ts';
import { chooseHook } from './choose_hook.ts';
import { secretOf } from './secret_of.ts';

/** The webhook fields that name a Zap that listens; undefined when none does. */
async function listeningZap(
  z: ZObject,
  cache: Cache,
  connection: Connection,
  { operation, reference, notifyProgress, reports }: WebhookRequest,
): Promise<Webhook | undefined> {
  const chosen = await chooseHook(z, cache);
  if (!chosen) {
    return undefined;
  }
  const progress = notifyProgress && chosen.progressIsWanted;
  const quiet = reportsUnasked(reports) && !progress;
  const { hook } = chosen;
  const target = { url: hook.target_url, secret: secretOf(connection.apiKey, hook) };
  return webhookFields(connection.service, target, { operation, reference, quiet }, progress);
}

/**
 * A callback URL takes one POST, so it must never get progress. It takes the webhook of one task;
 * the others of the step report to Zaps that listen. Where webhooks come before the end, because the
 * service sends them anyway or a Task Progress Zap wants them, a Zap that listens takes all of them
 * and calls the step back at the end.
 * @throws before anything is started, when it cannot be known who listens, or when the step would be
 * called too early for certain
 */
export async function webhooksThroughZaps(
  z: ZObject,
  cache: Cache,
  connection: Connection,
  step: WebhookRequest,
): Promise<Webhooks> {
  const { callbackUrl } = step;
  const unasked = reportsUnasked(step.reports);
  const onRequest = step.reports === 'progress on request' && step.notifyProgress;
  const needsZap = unasked || step.size > 1 || !callbackUrl;
  const listening = needsZap || onRequest ? listeningZap(z, cache, connection, step) : undefined;
  // A step that can be called by the service itself does not depend on the list of Zaps.
  const webhook = needsZap ? await listening : await listening?.catch(() => undefined);
  if (callbackUrl && step.reports === 'progress always' && !webhook) {
    throw halted(
      z,
      'Wait for Result: This service always reports progress, and a step that waits can be called only once. So a Zap has to pass the result on: switch on any Zap that starts with Task Finished and uses the same connection. Nothing was started.',
    );
  }
  if (!callbackUrl) {
    return { ...NO_WEBHOOKS, webhook };
  }
  const callback =
    webhook && (unasked || webhook.notify_progress)
      ? {
          ...webhook,
          webhook_endpoint: withWebhookParameters(webhook.webhook_endpoint, {
            resume: callbackUrl,
          }),
        }
      : webhookFields(
          connection.service,
          { url: callbackUrl, secret: stepSecret(connection.apiKey) },
          {},
          false,
        );
  return { ...NO_WEBHOOKS, webhook, callback };
}
