import * as zod from 'zod/mini';
import { hasEnded } from '../midjourney/task.ts';
import { ENDPOINTS } from './apiframe_endpoints.ts';
import { APIFRAME_PARENTS } from './apiframe_parents.ts';
import { apiframeProblems } from './apiframe_problems.ts';
import { isSignedByApiframe } from './apiframe_signature.ts';
import { APIFRAME_MODELS, readApiframeJob } from './apiframe_task.ts';
import { APIFRAME_UPLOAD } from './apiframe_upload.ts';
import { amount, anyObject, list, part, text } from './lenient.ts';
import { ifTask, type Service, type TaskPage, type Webhook } from './service.ts';

/**
 * APIFRAME's API v2: jobs of any model, a webhook URL per job with progress on request, signed. It
 * answers with the job's id alone, and its jobs do not say which of Midjourney's operations they are of.
 */

const started = part({ jobId: text });

const account = part({
  user: part({ id: text }),
  team: part({ name: text, plan: text, credits: amount }),
  apiKey: part({ name: text }),
});

const jobs = part({ jobs: list, nextCursor: text });

const refusal = part({
  error: text,
  details: anyObject,
  creditsRequired: amount,
  creditsAvailable: amount,
});

/** A page of the list of jobs. */
function pageIn(body: unknown): TaskPage {
  const { jobs: rows, nextCursor } = zod.parse(jobs, body);
  const tasks = rows.flatMap((one) => ifTask(() => readApiframeJob(one)) ?? []);
  return { tasks, next: nextCursor || null };
}

/** Progress is sent only when it is asked for. */
const webhookKeys = (webhook: Webhook | undefined) =>
  webhook && {
    webhookUrl: webhook.webhook_endpoint,
    webhookEvents: [...(webhook.notify_progress ? ['progress'] : []), 'completed', 'failed'],
  };

export const APIFRAME: Service = {
  key: 'apiframe',
  name: 'APIFRAME',
  purpose: 'Midjourney and 100 other models',
  label: 'APIFRAME',
  baseUrl: 'https://api.apiframe.ai',
  keyPage: 'https://apiframe.ai/dashboard',
  keeps: { results: '24 hours', followUps: '24 hours', isShort: true },
  operations: ENDPOINTS,
  models: APIFRAME_MODELS,
  upload: APIFRAME_UPLOAD,
  webhookProof: { secretIn: 'url', isSigned: isSignedByApiframe },
  remembersLittle: true,
  hidesOperation: true,
  idempotencyHeader: 'Idempotency-Key',

  accountRequest: () => ({ method: 'GET', path: '/v2/me' }),

  readAccount(body) {
    const { user, team, apiKey } = zod.parse(account, body);
    return {
      name: team.name || apiKey.name || (user.id && 'APIFRAME'),
      plan: team.plan,
      credits: team.credits,
      usd: undefined,
    };
  },

  /** Among the newest 100: there is no count. */
  activeTasks: {
    request: () => ({ method: 'GET', path: '/v2/jobs?limit=100' }),
    read: (body) => pageIn(body).tasks.filter((task) => !hasEnded(task)).length,
  },

  inputProblems: apiframeProblems,

  fromParent: APIFRAME_PARENTS,

  startRequest(operation, input, webhook) {
    const endpoint = ENDPOINTS[operation];
    if (!endpoint) {
      throw new RangeError(`APIFRAME has no ${operation}.`);
    }
    return {
      method: 'POST',
      path: `/v2/${endpoint.path(input)}`,
      body: { ...endpoint.body(input), ...webhookKeys(webhook) },
    };
  },

  readStarted(body) {
    const { jobId } = zod.parse(started, body);
    return jobId ? { taskId: jobId } : undefined;
  },

  fetchRequest: (taskId) => ({ method: 'GET', path: `/v2/jobs/${encodeURIComponent(taskId)}` }),

  readTask: readApiframeJob,
  readCallback: readApiframeJob,
  failedBody: (jobId, _operation, reason) => ({
    event: 'failed',
    jobId,
    model: 'midjourney',
    status: 'FAILED',
    error: reason,
  }),

  history: {
    request: (cursor, size) => ({
      method: 'GET',
      path: `/v2/jobs?${new URLSearchParams({ limit: String(size), ...(cursor && { cursor }) })}`,
    }),
    read: pageIn,
  },

  /** An id that is none of its own is a 400, about the id alone (the shape is a guess). */
  statusOf(status, body) {
    const isOfId = () => Object.keys(zod.parse(refusal, body).details).join() === 'id';
    return status === 400 && isOfId() ? 404 : status;
  },

  readRefusal(body) {
    const { error, details, creditsRequired, creditsAvailable } = zod.parse(refusal, body);
    const fields = Object.entries(details).map(([key, why]) => `${key}: ${[why].flat().join(' ')}`);
    const credits =
      creditsRequired !== undefined && creditsAvailable !== undefined
        ? [`${creditsRequired} are needed and ${creditsAvailable} are left`]
        : [];
    return [error, ...fields, ...credits].filter(Boolean).join('. ');
  },
};
