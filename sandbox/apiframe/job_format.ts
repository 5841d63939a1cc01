import * as zod from 'zod/mini';
import type { Parts } from '../service/parts.ts';
import type { TaskFormat } from '../service/task_format.ts';
import { jobOf, STATUS_WORDS } from './job.ts';
import { signatureOf } from './signature.ts';

const events = {
  QUEUED: 'progress',
  PROCESSING: 'progress',
  COMPLETED: 'completed',
  FAILED: 'failed',
} as const;

const job = zod.object({
  id: zod.string(),
  status: zod.enum(['QUEUED', 'PROCESSING', 'COMPLETED', 'FAILED']),
  model: zod.string(),
  progress: zod.number(),
  result: zod.unknown(),
  error: zod.nullable(zod.string()),
  creditCost: zod.number(),
  completedAt: zod.nullable(zod.string()),
});

/** Jobs, and their webhooks: each event has some of a job's fields, and is signed. */
export function jobFormat(parts: Parts): TaskFormat {
  return {
    show: (task) => jobOf(task, parts),
    webhookBody: (shown) => eventOf(job.parse(shown)),
    webhookHeaders: ({ apiKey }, status, text): Record<string, string> => {
      const event = { 'x-webhook-event': events[STATUS_WORDS[status]] };
      const { signature } = parts.settings;
      return signature === 'none'
        ? event
        : { ...event, 'x-webhook-signature': signatureOf(apiKey, text, signature) };
    },
    // Not documented; any success is a guess.
    isAcknowledged: (status) => status >= 200 && status < 300,
    noImage: null,
    reportsChanges: false,
  };
}

function eventOf({ id: jobId, status, ...shown }: zod.infer<typeof job>): object {
  const { progress, result, error, model, creditCost, completedAt } = shown;
  const event = { event: events[status], jobId, status };
  switch (status) {
    case 'COMPLETED':
      return { ...event, progress, result, model, creditCost, completedAt };
    case 'FAILED':
      return { ...event, error, model };
    default:
      return { ...event, progress, model };
  }
}
