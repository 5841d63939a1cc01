import * as zod from 'zod/mini';
import { refused } from '../service/refusal.ts';
import { objectionTo, type WebhookFields } from '../service/webhook_fields.ts';

const filled = zod.string('is required').check(zod.regex(/\S/, 'is required'));

const create = zod.object(
  {
    model: filled,
    task_type: filled,
    input: zod.record(zod.string(), zod.unknown(), 'must be an object'),
    config: zod.optional(
      zod.object({
        service_mode: zod.optional(
          zod.enum(['public', 'private', ''], 'must be public or private, or left out'),
        ),
        webhook_config: zod.optional(
          zod.object({
            endpoint: zod.optional(zod.string('must be a string')),
            secret: zod.optional(zod.string('must be a string')),
          }),
        ),
      }),
    ),
  },
  'the body must be a JSON object',
);

/** The body of a create on the unified API: a task of any model. */
export type UnifiedCreate = zod.infer<typeof create>;

/** @throws Refusal */
export function readUnifiedCreate(body: unknown): UnifiedCreate {
  const read = create.safeParse(body);
  if (read.success) {
    return read.data;
  }
  const issue = read.error.issues[0];
  throw refused(`${issue?.path.join('.')} ${issue?.message}`.trim());
}

/** Imagine and upscale were seen to report progress without a request for it. */
const reportingProgress = ['imagine', 'upscale'];

/** No endpoint means no webhooks. @throws Refusal */
export function unifiedWebhookOf({
  model,
  task_type,
  config,
}: UnifiedCreate): WebhookFields | undefined {
  const { endpoint = '', secret = '' } = config?.webhook_config ?? {};
  if (endpoint === '') {
    return undefined;
  }
  const objection = objectionTo(endpoint);
  if (objection !== undefined) {
    throw refused(`config.webhook_config.endpoint ${objection}`);
  }
  const progress = model === 'midjourney' && reportingProgress.includes(task_type);
  return { endpoint, secret, progress };
}
