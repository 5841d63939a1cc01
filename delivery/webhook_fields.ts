import type { Service, Webhook } from '../services/service.ts';
import { operationToTell } from '../services/started_by.ts';
import { type WebhookParameters, withWebhookParameters } from './webhook_url.ts';

/** The webhook fields of a task that reports to this URL, which takes this secret. */
export function webhookFields(
  service: Service,
  { url, secret }: { readonly url: string; readonly secret: string },
  parameters: Partial<WebhookParameters>,
  notifyProgress: boolean,
): Webhook {
  return {
    webhook_endpoint: withWebhookParameters(url, {
      ...parameters,
      operation: operationToTell(service, parameters.operation ?? ''),
      ...(service.webhookProof.secretIn === 'url' && { secret }),
    }),
    webhook_secret: secret,
    notify_progress: notifyProgress,
  };
}
