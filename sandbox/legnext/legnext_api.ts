import type { FastifyInstance } from 'fastify';
import * as zod from 'zod/mini';
import { accountId, activeTasksOf, CREDITS_PER_USD, callerOf } from '../service/accounts.ts';
import { addCreate } from '../service/create_route.ts';
import { failureOf } from '../service/failures.ts';
import { parentTask, refusedParent } from '../service/parent_task.ts';
import type { AddRoutes, Parts } from '../service/parts.ts';
import { refused, refusedCall } from '../service/refusal.ts';
import { secretWebhooks } from '../service/secret_webhooks.ts';
import { answerRefusals } from '../service/server.ts';
import { newTask, type StoredTask } from '../service/stored_task.ts';
import type { TaskFormat } from '../service/task_format.ts';
import { objectionTo, type WebhookFields } from '../service/webhook_fields.ts';
import type { Follow } from './body_fields.ts';
import { filmsOf, jobOf } from './job.ts';
import { CLOSED, type Operation, operations } from './operations.ts';
import { legnextRefusal } from './refusals.ts';

const callbackBody = zod.object(
  { callback: zod.optional(zod.string('must be a string')) },
  'the body must be a JSON object',
);

/** `POST /api/v1/<operation>`, jobs, and the balance. */
export const addLegnextApi: AddRoutes = (scope, parts) => {
  const format = legnextFormat(parts);
  answerRefusals(scope, legnextRefusal);
  for (const operation of operations) {
    addCreate(scope, parts, {
      path: `/api/v1/${operation.name.replaceAll('_', '-')}`,
      read: (body, apiKey) => createJob(operation, body, apiKey, format, parts),
      answer: format.show,
    });
  }
  for (const name of CLOSED) {
    scope.post(`/api/v1/${name}`, async (request) => {
      callerOf(request, parts.settings);
      throw refused('this endpoint is not included in your plan', 403);
    });
  }
  addReads(scope, format, parts);
};

function legnextFormat({ settings, viewOf }: Parts): TaskFormat {
  const show = (task: StoredTask) => jobOf(task, viewOf(task));
  return {
    ...secretWebhooks,
    show,
    webhookBody: (data) => ({ timestamp: Math.floor(settings.now() / 1000), data }),
    noImage: null,
    reportsChanges: false,
  };
}

function createJob(
  operation: Operation,
  body: unknown,
  apiKey: string,
  format: TaskFormat,
  parts: Parts,
): StoredTask {
  const { settings } = parts;
  const webhook = webhookOf(parsed(callbackBody, body).callback ?? '');
  const { callback: _, ...input } = Object(body);
  const { imageNo, videoNo, ...request } = parsed(operation.body, body);
  const parent = parentOf({ imageNo, videoNo, ...request }, apiKey, parts);
  if ((settings.accounts[apiKey]?.credits ?? 0) <= 0) {
    throw refused('insufficient balance', 402);
  }
  return newTask({
    ...{ apiKey, format, operation, request, webhook, input },
    model: 'midjourney',
    parent,
    failure: failureOf(request, settings.bannedWords),
    createdAt: settings.now(),
  });
}

function parsed<Read>(schema: zod.ZodMiniType<Read>, body: unknown): Read {
  const read = schema.safeParse(body);
  if (read.success) {
    return read.data;
  }
  const issue = read.error.issues[0];
  throw refusedCall(400, `${issue?.path.join('.')} ${issue?.message}`.trim());
}

/** Called once, at the end; there is no secret. */
function webhookOf(endpoint: string): WebhookFields | undefined {
  if (endpoint === '') {
    return undefined;
  }
  const objection = objectionTo(endpoint);
  if (objection !== undefined) {
    throw refusedCall(400, `callback ${objection}`);
  }
  return { endpoint, secret: '', progress: false };
}

function parentOf(
  { origin_task_id: id, imageNo = 0, videoNo }: Follow,
  apiKey: string,
  { settings, store }: Parts,
): StoredTask | undefined {
  if (id === undefined) {
    return undefined;
  }
  const parent = parentTask(id, apiKey, settings, store);
  const films = filmsOf(parent);
  if (videoNo !== undefined && films <= videoNo) {
    throw refusedParent(`has no video ${videoNo}`);
  }
  if (videoNo === undefined && (films > 0 || parent.pictures.length <= imageNo)) {
    throw refusedParent(`has no image ${imageNo}`);
  }
  return parent;
}

function addReads(scope: FastifyInstance, format: TaskFormat, { settings, store }: Parts): void {
  scope.get<{ Params: { id: string } }>('/api/v1/job/:id', async (request) => {
    const { apiKey } = callerOf(request, settings);
    const task = store.find(request.params.id);
    if (task === undefined || task.apiKey !== apiKey) {
      throw refusedCall(404, 'job not found');
    }
    return format.show(task);
  });

  scope.get('/api/account/info', async (request) => {
    const { apiKey, account } = callerOf(request, settings);
    return {
      code: 200,
      data: { id: accountId(apiKey), name: account.name, plan: account.plan },
      message: 'success',
    };
  });

  scope.get('/api/account/active_tasks', async (request) => {
    const { apiKey } = callerOf(request, settings);
    return { code: 200, data: activeTasksOf(store.ofAccount(apiKey)), message: 'success' };
  });

  scope.get('/api/account/balance', async (request) => {
    const { apiKey, account } = callerOf(request, settings);
    return {
      code: 200,
      data: {
        account_id: accountId(apiKey),
        balance_usd: account.credits / CREDITS_PER_USD,
        available_credits: account.credits,
        available_points: 0,
      },
      message: 'success',
    };
  });
}
