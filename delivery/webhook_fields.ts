import type { Connection } from '../services/connection.ts';
import type { Webhook } from '../services/service.ts';
import { callbackSecret } from './secret.ts';
import { type WebhookParameters, withWebhookParameters } from './webhook_url.ts';

/** The webhook fields of a task that reports to this URL. */
export function webhookFields(
  { apiKey, service }: Connection,
  url: string,
  parameters: Partial<WebhookParameters>,
  notifyProgress: boolean,
): Webhook {
  const secret = callbackSecret(apiKey);
  return {
    webhook_endpoint: withWebhookParameters(url, {
      ...parameters,
      ...(service.returnsSecretIn === 'url' && { secret }),
    }),
    webhook_secret: secret,
    notify_progress: notifyProgress,
  };
}
