import * as zod from 'zod/mini';
import { refused } from '../service/refusal.ts';
import { objectionTo, type WebhookFields } from '../service/webhook_fields.ts';

const body = zod.object({
  webhook_endpoint: zod.optional(zod.string('must be a string')),
  webhook_secret: zod.optional(zod.string('must be a string')),
  notify_progress: zod.optional(zod.boolean('must be true or false')),
});

/** Reads the webhook fields of a v2 create; none, or an empty endpoint, means no webhooks. */
export function readV2WebhookFields(sent: unknown): WebhookFields | undefined {
  const read = body.safeParse(sent);
  if (!read.success) {
    const issue = read.error.issues[0];
    throw refused(`${issue?.path.join('.')} ${issue?.message}`);
  }
  const endpoint = read.data.webhook_endpoint ?? '';
  if (endpoint === '') {
    return undefined;
  }
  const objection = objectionTo(endpoint);
  if (objection !== undefined) {
    throw refused(`webhook_endpoint ${objection}`);
  }
  return {
    endpoint,
    secret: read.data.webhook_secret ?? '',
    progress: read.data.notify_progress ?? false,
  };
}
