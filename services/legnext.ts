import * as zod from 'zod/mini';
import { ACTIVE_TASKS } from './active_tasks.ts';
import { historyAt } from './history_rows.ts';
import { ENDPOINTS, operationOf } from './legnext_endpoints.ts';
import { legnextProblems } from './legnext_problems.ts';
import { amount, identifier, part, text } from './lenient.ts';
import type { Service } from './service.ts';
import { readUnifiedTask, type UnifiedFormat } from './unified_task.ts';

/**
 * LegNext: jobs instead of tasks, pictures counted from 0, every parameter inside the prompt. A
 * webhook is one `callback` URL, called once, at the end, without a secret header.
 */

const KEY = 'legnext';

const FORMAT: UnifiedFormat = {
  service: KEY,
  id: 'job_id',
  operationOf,
};

const readTask = (body: unknown) => readUnifiedTask(body, FORMAT);

const started = part({ job_id: text });

const account = part({ data: part({ id: identifier, name: text, plan: text }) });

const balance = part({ data: part({ available_credits: amount, balance_usd: amount }) });

/** A refusal is worded as a job that has failed, or by itself. */
const refusal = part({ message: text, error: part({ message: text, raw_message: text }) });

export const LEGNEXT: Service = {
  key: KEY,
  name: 'LegNext',
  purpose: 'Midjourney',
  label: 'LegNext',
  baseUrl: 'https://api.legnext.ai/api',
  keyPage: 'https://legnext.ai/app/api-keys',
  keeps: { results: '30 days', followUps: '3 days' },
  operations: ENDPOINTS,
  webhookProof: { secretIn: 'url' },
  remembersLittle: true,

  accountRequest: () => ({ method: 'GET', path: '/account/info' }),

  /** An account without a name is called after the service. */
  readAccount(body) {
    const { id, name, plan } = zod.parse(account, body).data;
    return { name: name || (id && 'LegNext'), plan, credits: undefined, usd: undefined };
  },

  balance: {
    request: () => ({ method: 'GET', path: '/account/balance' }),
    read(body) {
      const { available_credits, balance_usd } = zod.parse(balance, body).data;
      return { credits: available_credits, usd: balance_usd };
    },
  },

  activeTasks: ACTIVE_TASKS,

  inputProblems: legnextProblems,

  startRequest(operation, input, webhook) {
    const endpoint = ENDPOINTS[operation];
    if (!endpoint) {
      throw new RangeError(`LegNext has no ${operation}.`);
    }
    return {
      method: 'POST',
      path: `/v1/${endpoint.path}`,
      body: {
        ...endpoint.body(input),
        ...(webhook && { callback: webhook.webhook_endpoint }),
      },
    };
  },

  readStarted(body) {
    const { job_id } = zod.parse(started, body);
    return job_id ? { taskId: job_id } : undefined;
  },

  fetchRequest: (taskId) => ({ method: 'GET', path: `/v1/job/${encodeURIComponent(taskId)}` }),

  readTask,
  readCallback: readTask,
  failedBody: (job_id, operation, reason) => ({
    job_id,
    model: 'midjourney',
    task_type: operation,
    status: 'failed',
    error: { code: 10_000, message: reason },
  }),

  // A guess: LegNext runs PiAPI's code, and lists no such page. 404 means that there is none.
  history: historyAt('/open/tasks/histories', FORMAT, 'midjourney'),

  readRefusal(body) {
    const { message, error } = zod.parse(refusal, body);
    return error.message || error.raw_message || message;
  },
};
