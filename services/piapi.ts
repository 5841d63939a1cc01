import * as zod from 'zod/mini';
import { type Operation, runsModel } from '../midjourney/operations.ts';
import { MIDJOURNEY, type Task } from '../midjourney/task.ts';
import type { TaskInput } from '../midjourney/task_input.ts';
import { ACTIVE_TASKS } from './active_tasks.ts';
import { historyAt } from './history_rows.ts';
import { amount, anyObject, firstReason, part, text } from './lenient.ts';
import { catalogue } from './models/catalogue.ts';
import { stepFor } from './models/find_entry.ts';
import {
  type Capabilities,
  ifTask,
  type ManyTasks,
  type Reports,
  type Service,
} from './service.ts';
import { readUnifiedTask, type UnifiedFormat } from './unified_task.ts';
import { readV2Task } from './v2_task.ts';

/** The forms of its other models, which only the unified API starts. */
export const PIAPI_MODELS = catalogue('piapi_unified');

/** The input fields of each operation at PiAPI, the same in both of its APIs. */
const FIELDS = {
  imagine: ['prompt', 'aspect_ratio', 'process_mode', 'skip_prompt_check', 'bot_id'],
  upscale: ['origin_task_id', 'index'],
  variation: ['origin_task_id', 'index', 'prompt', 'aspect_ratio', 'skip_prompt_check'],
  reroll: ['origin_task_id', 'prompt', 'aspect_ratio', 'skip_prompt_check'],
  describe: ['image_url', 'process_mode', 'bot_id'],
  blend: ['image_urls', 'dimension', 'process_mode', 'bot_id'],
  seed: ['origin_task_id'],
  pan: ['origin_task_id', 'direction', 'prompt', 'skip_prompt_check'],
  outpaint: ['origin_task_id', 'zoom_ratio', 'aspect_ratio', 'prompt', 'skip_prompt_check'],
  inpaint: ['origin_task_id', 'mask', 'prompt', 'skip_prompt_check'],
} as const satisfies { readonly [Key in Operation]?: readonly string[] };

/** Other numbers are LegNext's. */
const ZOOM_RATIOS = ['1.5', '2', '1'];

/**
 * PiAPI's operations in one of its APIs.
 * @param reportsOn which webhooks an operation sends
 * @param more fields that each takes as well
 */
export const piapiOperations = (
  reportsOn: (operation: string) => Reports,
  more: readonly string[] = [],
): Capabilities =>
  Object.fromEntries(
    Object.entries(FIELDS).map(([operation, fields]) => [
      operation,
      {
        fields: [...fields, ...more],
        reports: reportsOn(operation),
        ...(operation === 'outpaint' && { choices: { zoom_ratio: ZOOM_RATIOS } }),
      },
    ]),
  );

/** The input as PiAPI takes it: a mask as base64 (a guess, see docs/gotchas.md). */
export const piapiInput = ({ mask: _, mask_base64, ...input }: TaskInput) => ({
  ...input,
  ...(mask_base64 !== undefined && { mask: mask_base64 }),
});

const has = (body: unknown, key: string): boolean =>
  typeof body === 'object' && body !== null && Object.hasOwn(body, key);

/**
 * Both APIs share one store, so a task of one can show up in the other: in the history, or when a
 * connection was switched from one to the other while the task ran.
 */
const readPiapiTask =
  (format: UnifiedFormat) =>
  (body: unknown): Task => {
    const isUnified = ['data', 'model', 'output'].some((key) => has(body, key));
    return isUnified && !has(body, 'task_result')
      ? readUnifiedTask(body, format)
      : readV2Task(body, format.service);
  };

const account = part({
  data: part({
    name: text,
    account_name: text,
    plan: text,
    credit_pack_info: part({ available_credits: amount, equivalent_in_usd: amount }),
    equivalent_in_usd: amount,
  }),
});

/** By task id; null for an id that is not known. */
const many = part({ data: anyObject });

const refusal = part({ message: text, error: firstReason });

/** What both of PiAPI's APIs have in common. @param models that this API runs */
export const piapi = (service: string, models: 'midjourney' | 'all') => {
  const format: UnifiedFormat = {
    service,
    id: 'task_id',
    operationOf: (taskType, model) =>
      model === MIDJOURNEY ? taskType : stepFor(PIAPI_MODELS(), model, taskType),
  };
  const readTask = readPiapiTask(format);
  /** Of v2, which knows the Midjourney tasks of both APIs. */
  const midjourneyTasks: ManyTasks = {
    request: (task_ids) => ({ method: 'POST', path: '/mj/v2/multi_fetch', body: { task_ids } }),
    read(body) {
      const tasks = Object.values(zod.parse(many, body).data).flatMap(
        (one) => ifTask(() => readTask(one)) ?? [],
      );
      return new Map(tasks.map((task) => [task.id, task]));
    },
  };
  const common = {
    key: service,
    label: 'PiAPI',
    baseUrl: 'https://api.piapi.ai',
    keyPage: 'https://piapi.ai/workspace/key',
    endingMidjourney: 'Service discontinued',
    keeps: { results: '3 days', followUps: '3 hours' },
    webhookProof: { secretIn: 'header' },

    accountRequest: () => ({ method: 'GET', path: '/account/info' }),

    readAccount(body) {
      const { data } = zod.parse(account, body);
      const { available_credits, equivalent_in_usd } = data.credit_pack_info;
      return {
        name: data.name || data.account_name,
        plan: data.plan,
        credits: available_credits,
        usd: data.equivalent_in_usd ?? equivalent_in_usd,
      };
    },

    activeTasks: ACTIVE_TASKS,

    history: { ...historyAt('/api/open/tasks/histories', format, models), many: midjourneyTasks },

    readTask,
    readCallback: readTask,
    failedBody: (task_id, operation, reason) => ({
      data: {
        task_id,
        model: runsModel(operation) ? '' : MIDJOURNEY,
        task_type: operation,
        status: 'failed',
        error: { code: 10_000, message: reason },
      },
    }),

    readRefusal(body) {
      const { message, error } = zod.parse(refusal, body);
      return message || error;
    },
  } satisfies Partial<Service>;
  return { common, midjourneyTasks };
};
