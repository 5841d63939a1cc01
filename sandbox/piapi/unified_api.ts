import type { FastifyInstance } from 'fastify';
import * as zod from 'zod/mini';
import { formsOf } from '../../services/models/find_entry.ts';
import { PIAPI_MODELS } from '../../services/piapi.ts';
import { callerOf } from '../service/accounts.ts';
import { addCreate } from '../service/create_route.ts';
import { failureOf } from '../service/failures.ts';
import { mediaKind } from '../service/media_kind.ts';
import type { AddRoutes, Parts } from '../service/parts.ts';
import { type Refusal, refused, refusedCall } from '../service/refusal.ts';
import { secretWebhooks } from '../service/secret_webhooks.ts';
import { type Answer, answerRefusals } from '../service/server.ts';
import type { ServiceSettings } from '../service/settings.ts';
import { newTask, type StoredTask } from '../service/stored_task.ts';
import type { TaskFormat } from '../service/task_format.ts';
import { wireSchema } from '../service/wire_schema.ts';
import { ZOD_WORDS } from '../service/zod_words.ts';
import { createTask } from './create_task.ts';
import { type Operation, operations } from './operations.ts';
import { origin } from './request_fields.ts';
import { readUnifiedCreate, type UnifiedCreate, unifiedWebhookOf } from './unified_fields.ts';
import { type UnifiedTask, unifiedTask } from './unified_task.ts';

const path = '/api/v1/task';

/** The same as on v2 but for the name of a seed's parent. */
const unifiedOperations: readonly Operation[] = operations.map((operation) =>
  operation.name === 'seed' ? { ...operation, body: zod.object(origin) } : operation,
);

/** `/api/v1/task`: tasks of any model in envelopes. */
export const addUnifiedApi: AddRoutes = (scope, parts) => {
  const format = unifiedFormat(parts);
  answerRefusals(scope, (refusal) => unifiedRefusal(refusal, parts.settings));
  addCreate(scope, parts, {
    path,
    read: (body, apiKey) => createAny(readUnifiedCreate(body), apiKey, format, parts),
    // Recorded without input and without times.
    answer: (task) => enveloped({ ...showTask(task, parts), input: {}, meta: {} }),
  });
  addRead(scope, parts);
  addCancel(scope, parts);
};

/** The answer to what is refused; `data` is a guess. */
export function unifiedRefusal(
  { statusCode, message }: Refusal,
  { errorsOnHttp200 }: ServiceSettings,
): Answer {
  const body = { code: statusCode, data: null, message };
  return { status: errorsOnHttp200 ? 200 : statusCode, body };
}

const enveloped = (data: object) => ({ code: 200, data, message: 'success' });

const showTask = (task: StoredTask, { viewOf }: Parts): UnifiedTask =>
  unifiedTask(task, viewOf(task));

function unifiedFormat(parts: Parts): TaskFormat {
  return {
    ...secretWebhooks,
    show: (task) => showTask(task, parts),
    webhookBody: (data) => ({ timestamp: Math.floor(parts.settings.now() / 1000), data }),
    noImage: null,
    reportsChanges: true,
  };
}

function createAny(
  create: UnifiedCreate,
  apiKey: string,
  format: TaskFormat,
  parts: Parts,
): StoredTask {
  const { model, task_type, input } = create;
  const webhook = () => unifiedWebhookOf(create);
  const serviceMode = create.config?.service_mode ?? '';
  if (model === 'midjourney') {
    const operation = unifiedOperations.find(({ name }) => name === task_type);
    if (operation === undefined) {
      throw refused(`task_type ${task_type} is not known`);
    }
    return createTask({ format, operation, fields: input, webhook, apiKey, serviceMode }, parts);
  }
  checkInput(create);
  const request = { prompt: typeof input.prompt === 'string' ? input.prompt : '' };
  return newTask({
    ...{ apiKey, format, model, request, input, serviceMode },
    operation: mediaKind(task_type, formsOf(PIAPI_MODELS(), model, task_type)[0], input),
    parent: undefined,
    webhook: webhook(),
    failure: failureOf(request, parts.settings.bannedWords),
    createdAt: parts.settings.now(),
  });
}

/** A link, or the file itself in base64. */
const file = zod
  .string()
  .check(zod.regex(/^(https?:\/\/\S+|[\w+/=-]{8,})$/, 'must be a link or base64'));

/** A model that is in no catalogue takes anything. @throws Refusal, about the form that comes closest */
function checkInput({ model, task_type, input }: UnifiedCreate): void {
  const forms = formsOf(PIAPI_MODELS(), model, task_type);
  const issues = forms.map(
    (form) => wireSchema(form, file).safeParse(input, ZOD_WORDS).error?.issues ?? [],
  );
  const [closest = []] = issues.sort((a, b) => a.length - b.length);
  const [wrong] = closest;
  if (wrong) {
    throw refused(`input.${wrong.path.join('.')} ${wrong.message}`);
  }
}

type ById = { Params: { id: string } };

function addRead(scope: FastifyInstance, parts: Parts): void {
  const { settings } = parts;
  scope.get<ById>(`${path}/:id`, async (request) => {
    const { apiKey } = callerOf(request, settings);
    const task = ownTask(request.params.id, apiKey, parts);
    const age = settings.now() - task.createdAt;
    if (age < settings.hiddenMilliseconds) {
      throw refusedCall(404, 'task not found');
    }
    return enveloped(showTask(task, parts));
  });
}

function addCancel(scope: FastifyInstance, parts: Parts): void {
  scope.delete<ById>(`${path}/:id`, async (request) => {
    const { apiKey } = callerOf(request, parts.settings);
    const task = ownTask(request.params.id, apiKey, parts);
    if (task.status !== 'pending' && task.status !== 'staged') {
      throw refusedCall(400, `task ${task.id} is ${task.status} and can not be canceled`);
    }
    parts.engine.cancel(task, 'task canceled');
    return { code: 200, message: `task ${task.id} canceled` };
  });
}

function ownTask(id: string, apiKey: string, { store }: Parts): StoredTask {
  const task = store.find(id);
  if (task === undefined || task.apiKey !== apiKey) {
    throw refusedCall(404, 'task not found');
  }
  return task;
}
