import * as zod from 'zod/mini';
import { APIFRAME_MODELS } from '../../services/apiframe_task.ts';
import { formsOf } from '../../services/models/find_entry.ts';
import { accountOf } from '../service/accounts.ts';
import { charge } from '../service/credits.ts';
import { mediaKind } from '../service/media_kind.ts';
import type { Parts } from '../service/parts.ts';
import { newTask, type StoredTask, type TaskStatus } from '../service/stored_task.ts';
import type { TaskFormat } from '../service/task_format.ts';
import type { TaskKind } from '../service/task_request.ts';
import type { WebhookFields } from '../service/webhook_fields.ts';
import { failureOf } from './failure.ts';
import { checkMask } from './mask.ts';
import { parentJob } from './parent_job.ts';
import { DetailedRefusal, validated } from './refusals.ts';

/** What the course of a job depends on. */
const create = zod.looseObject({
  model: zod.optional(zod.string()),
  action: zod.optional(zod.string()),
  parentJobId: zod.optional(zod.string()),
  prompt: zod.optional(zod.string()),
  index: zod.optional(zod.number()),
  mask: zod.optional(zod.string()),
  midjourneyParams: zod.optional(zod.object({ aspect_ratio: zod.optional(zod.string()) })),
  webhookUrl: zod.optional(zod.string()),
  webhookEvents: zod.optional(zod.array(zod.string())),
});

type Create = zod.infer<typeof create>;

/** A create as it was sent. */
export interface CreateInput {
  /** Below `/v2`. */
  readonly route: string;
  /** What the route takes. */
  readonly schema: zod.ZodMiniType;
  readonly body: unknown;
  readonly apiKey: string;
  readonly format: TaskFormat;
}

/** Makes a job and takes its credits, once nothing can refuse it any more. @throws Refusal */
export function createJob(
  { route, schema, body, apiKey, format }: CreateInput,
  parts: Parts,
): StoredTask {
  const { settings } = parts;
  validated(schema, body);
  const sent = create.parse(body);
  const { webhookUrl: _, webhookEvents: __, mask, ...input } = sent;
  const { action = '', parentJobId, prompt, index, midjourneyParams } = input;
  const parent =
    parentJobId === undefined ? undefined : parentJob(parentJobId, action, apiKey, parts);
  if (mask !== undefined) {
    checkMask(mask, settings.images);
  }
  const operation = kindOf(route, sent);
  const cost = costOf(operation);
  const credits = accountOf(apiKey, settings)?.credits ?? 0;
  if (credits < cost) {
    throw new DetailedRefusal(402, 'Insufficient credits', {
      creditsRequired: cost,
      creditsAvailable: credits,
    });
  }
  const job = newTask({
    ...{ apiKey, format, operation, parent, cost, input },
    model: sent.model ?? (route === sunoAction ? 'suno' : 'midjourney'),
    request: { prompt, aspect_ratio: midjourneyParams?.aspect_ratio, index: String(index ?? '') },
    webhook: webhookOf(sent),
    failure: failureOf(input, settings),
    createdAt: settings.now(),
  });
  charge(job, settings);
  return job;
}

const sunoAction = 'music/suno/action';

const formOf = (route: string, { model = 'suno' }: Create) =>
  formsOf(APIFRAME_MODELS(), model, route)[0];

function kindOf(route: string, sent: Create): TaskKind {
  const { model, action } = sent;
  if (action === 'upsample') {
    return { name: route, result: 'single', pace: 0.5 };
  }
  const isGrid = model === 'midjourney' || route === 'images/midjourney/action';
  return isGrid
    ? { name: route, result: 'grid', pace: 1 }
    : mediaKind(route, formOf(route, sent), sent);
}

/** Credits, as documented; what costs 10 is a guess. */
function costOf({ name, result }: TaskKind): number {
  if (name === sunoAction) {
    return 11;
  }
  return result === 'grid' ? 16 : result === 'single' ? 4 : 10;
}

const endOf: Readonly<Record<string, TaskStatus>> = { completed: 'finished', failed: 'failed' };

function webhookOf({
  webhookUrl,
  webhookEvents: events = ['completed', 'failed'],
}: Create): WebhookFields | undefined {
  if (webhookUrl === undefined) {
    return undefined;
  }
  const ends = events.flatMap((event) => endOf[event] ?? []);
  return { endpoint: webhookUrl, secret: '', progress: events.includes('progress'), ends };
}
