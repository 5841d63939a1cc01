import type { WebhookFormat } from './task_format.ts';

/** Webhooks as PiAPI and LegNext send them: the task's own secret in a header, and 200 exactly. */
export const secretWebhooks: WebhookFormat = {
  webhookHeaders: ({ webhook }): Record<string, string> =>
    webhook?.secret ? { 'x-webhook-secret': webhook.secret } : {},
  isAcknowledged: (status) => status === 200,
};
