import * as zod from 'zod/mini';
import { hasForm, MODEL_OPERATIONS, type Operation, runsModel } from '../midjourney/operations.ts';
import { MIDJOURNEY } from '../midjourney/task.ts';
import { amount, firstReason, part, text } from './lenient.ts';
import { FORM_FIELDS, JSON_FIELDS } from './models/step_fields.ts';
import { PIAPI_MODELS, piapi, piapiInput, piapiOperations } from './piapi.ts';
import { PIAPI_UPLOAD } from './piapi_upload.ts';
import type { Capability, Reports, Service } from './service.ts';

/**
 * PiAPI's unified API: one address for tasks of any model, answers in envelopes, the webhook in
 * `config`. A webhook's body has the task in `data`.
 */

const { common } = piapi('piapi_unified', 'all');

const PATH = '/api/v1/task';

/**
 * Imagine and Upscale were seen to send progress. Of all others the documentation says that a
 * webhook also comes when the task is created, and when its log or output changes.
 */
const REPORTS = new Map<string, Reports>([
  ['imagine', 'progress always'],
  ['upscale', 'progress always'],
  // As on v2 (a guess).
  ['inpaint', 'nothing'],
]);

const SERVICE_MODE = 'service_mode';

/** Any task of another model: by its form, or as JSON. */
const modelTask = (operation: Operation): Capability => ({
  fields: [...(hasForm(operation) ? FORM_FIELDS : JSON_FIELDS), SERVICE_MODE],
  reports: 'progress perhaps',
});

const started = part({ data: part({ task_id: text }), message: text });

const refusal = part({ data: part({ error: firstReason }) });

/** An envelope's own code counts: errors also come on HTTP 200. */
const envelope = part({ code: amount });

export const PIAPI_UNIFIED: Service = {
  ...common,
  name: 'PiAPI',
  purpose: 'Kling, Veo, Flux and other models',
  hidesNewTasks: true,
  remembersLittle: true,
  models: PIAPI_MODELS,
  upload: PIAPI_UPLOAD,

  /** Distinguishes two connections to one account, one through each API. */
  readAccount(body) {
    const account = common.readAccount(body);
    return {
      ...account,
      plan: [account.plan, account.name && 'Unified'].filter(Boolean).join(', '),
    };
  },

  operations: {
    ...piapiOperations((operation) => REPORTS.get(operation) ?? 'progress perhaps', [SERVICE_MODE]),
    ...Object.fromEntries(MODEL_OPERATIONS.map((operation) => [operation, modelTask(operation)])),
  },

  startRequest(operation, { service_mode, ...input }, webhook) {
    const task = runsModel(operation)
      ? input
      : { model: MIDJOURNEY, task_type: operation, input: piapiInput(input) };
    return {
      method: 'POST',
      path: PATH,
      body: {
        ...task,
        config: {
          service_mode: service_mode ?? '',
          webhook_config: {
            endpoint: webhook?.webhook_endpoint ?? '',
            secret: webhook?.webhook_secret ?? '',
          },
        },
      },
    };
  },

  readStarted(body) {
    const { data, message } = zod.parse(started, body);
    if (data.task_id) {
      return { taskId: data.task_id };
    }
    return /^(success)?$/i.test(message) ? undefined : { refusal: message };
  },

  fetchRequest: (taskId) => ({ method: 'GET', path: `${PATH}/${encodeURIComponent(taskId)}` }),

  cancelRequest: (taskId) => ({ method: 'DELETE', path: `${PATH}/${encodeURIComponent(taskId)}` }),

  statusOf(status, body) {
    const { code } = zod.parse(envelope, body);
    if (status >= 300 || code === undefined || code === 0 || code === 200) {
      return status;
    }
    // Codes of the service's own, such as 10000, are refusals like any other.
    return code >= 300 && code < 600 ? code : 400;
  },

  readRefusal(body) {
    return zod.parse(refusal, body).data.error || common.readRefusal(body);
  },
};
