import * as z from 'zod/mini';
import { refused } from './refusal.ts';

/** Where a task's webhooks go. */
export interface WebhookFields {
  readonly endpoint: string;
  readonly secret: string;
  readonly progress: boolean;
}

const body = z.object({
  webhook_endpoint: z.optional(z.string('must be a string')),
  webhook_secret: z.optional(z.string('must be a string')),
  notify_progress: z.optional(z.boolean('must be true or false')),
});

/** Reads the webhook fields of a create; none, or an empty endpoint, means no webhooks. */
export function readWebhookFields(sent: unknown): WebhookFields | undefined {
  const read = body.safeParse(sent);
  if (!read.success) {
    const issue = read.error.issues[0];
    throw refused(`${issue?.path.join('.')} ${issue?.message}`);
  }
  const endpoint = read.data.webhook_endpoint ?? '';
  if (endpoint === '') return undefined;
  const objection = objectionTo(endpoint);
  if (objection !== undefined) throw refused(`webhook_endpoint ${objection}`);
  return {
    endpoint,
    secret: read.data.webhook_secret ?? '',
    progress: read.data.notify_progress ?? false,
  };
}

function objectionTo(endpoint: string): string | undefined {
  const url = URL.parse(endpoint);
  if (url === null || !/^https?:$/.test(url.protocol)) return 'must be an http or https URL';
  // A hook on this machine gets a free port, so the service's rule is for other hosts only.
  const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  return loopback || ['', '80', '443'].includes(url.port) ? undefined : 'must use port 80 or 443';
}
