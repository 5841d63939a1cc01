import * as zod from 'zod/mini';
import type { Status, Task } from '../midjourney/task.ts';
import {
  count,
  identifier,
  isoTime,
  numeric,
  part,
  text,
  texts,
  webUrl,
  webUrls,
} from './lenient.ts';
import { NotATask, type Service } from './service.ts';

/**
 * PiAPI's Midjourney API v2: flat bodies, no envelope around the task, the webhook fields at the
 * top level. A webhook's body is the task object itself.
 */

const KEY = 'piapi_v2';

/** Compared without regard to case; `completed` is the same store's word on its unified face. */
const STATUS_WORDS: ReadonlyMap<string, Status> = new Map([
  ['staged', 'staged'],
  ['pending', 'pending'],
  ['processing', 'processing'],
  ['finished', 'finished'],
  ['completed', 'finished'],
  ['failed', 'failed'],
]);

const prompts = () => part({ prompt: text() });

const taskBody = zod.object({
  task_id: zod.string().check(zod.trim(), zod.minLength(1), zod.maxLength(200)),
  status: text(),
  process_time: count(),
  meta: part({
    task_type: text(),
    created_at: count(),
    started_at: count(),
    ended_at: count(),
    task_request: prompts(),
    task_param: prompts(),
  }),
  task_result: part({
    image_url: webUrl(),
    image_urls: webUrls(),
    temporary_image_urls: webUrls(),
    task_progress: zod.catch(zod.optional(numeric()), undefined),
    intermediate_image_urls: webUrls(),
    seed: identifier(),
    message: text(),
    error_messages: texts(),
    actions: texts(),
  }),
});

function readTask(body: unknown): Task {
  const read = zod.safeParse(taskBody, body);
  if (!read.success) {
    throw new NotATask('It has no task_id.');
  }
  const { task_id, status, process_time, meta, task_result: result } = read.data;
  const progress = result.task_progress;
  return {
    id: task_id,
    service: KEY,
    operation: meta.task_type,
    // A word nobody knows is no end: a task must never be called finished by guesswork.
    status: STATUS_WORDS.get(status.trim().toLowerCase()) ?? 'processing',
    progress: progress === undefined ? undefined : Math.round(Math.min(100, Math.max(0, progress))),
    prompt: meta.task_request.prompt || meta.task_param.prompt,
    imageUrl: result.image_url,
    imageUrls: result.image_urls.length > 0 ? result.image_urls : result.temporary_image_urls,
    previewUrls: result.intermediate_image_urls,
    seed: result.seed,
    // A guess: where v2 puts the text of Describe is not documented.
    description: meta.task_type === 'describe' ? result.message : '',
    actions: result.actions,
    errorMessage: result.error_messages[0] ?? '',
    createdAt: isoTime(meta.created_at),
    startedAt: isoTime(meta.started_at),
    finishedAt: isoTime(meta.ended_at),
    durationSeconds: process_time > 0 ? process_time : undefined,
  };
}

const isTask = (body: unknown): boolean => zod.safeParse(taskBody, body).success;

/** "success" alone, without an id, is no reason for anything. */
const started = zod.union([
  zod.object({ task_id: zod.string(), message: text() }),
  zod.object({ task_id: text(), message: zod.string().check(zod.regex(/^(?!success$)./i)) }),
]);

const account = part({
  data: part({ name: text(), account_name: text(), plan: text() }),
});

const list = zod.catch(zod.array(zod.unknown()), []);

/** The body is not documented: the list may be `data` itself, or lie in it as `list` or `tasks`. */
const recent = part({
  data: zod.union([zod.array(zod.unknown()), part({ list, tasks: list })]),
});

/** By task id; null for an id that is not known. */
const many = part({ data: zod.catch(zod.record(zod.string(), zod.unknown()), {}) });

/** Seed is the one follow-up that names its parent `task_id`. */
const seedInput = ({ origin_task_id, ...input }: Record<string, unknown>) => ({
  ...input,
  task_id: origin_task_id,
});

const refusal = part({
  message: text(),
  error: zod.union([zod.string(), part({ message: text() })]),
});

export const PIAPI_V2: Service = {
  key: KEY,
  label: 'PiAPI',
  baseUrl: 'https://api.piapi.ai',
  keyPage: 'https://piapi.ai/workspace/key',

  accountRequest: () => ({ method: 'GET', path: '/account/info' }),

  readAccount(body) {
    const { data } = zod.parse(account, body);
    return { name: data.name || data.account_name, plan: data.plan };
  },

  startRequest: (operation, input, webhook) => ({
    method: 'POST',
    path: `/mj/v2/${operation}`,
    body: { ...(operation === 'seed' ? seedInput(input) : input), ...webhook },
  }),

  fetchRequest: (task_id) => ({ method: 'POST', path: '/mj/v2/fetch', body: { task_id } }),

  fetchManyRequest: (task_ids) => ({
    method: 'POST',
    path: '/mj/v2/multi_fetch',
    body: { task_ids },
  }),

  readMany(body) {
    const { data } = zod.parse(many, body);
    return new Map(
      Object.values(data)
        .filter(isTask)
        .map((task) => readTask(task))
        .map((task) => [task.id, task]),
    );
  },

  cancelRequest: (task_id) => ({ method: 'POST', path: '/mj/v2/cancel', body: { task_id } }),

  readStarted(body) {
    const { success, data } = zod.safeParse(started, body);
    if (!success) {
      return undefined;
    }
    return data.task_id ? { taskId: data.task_id } : { refusal: data.message };
  },

  recentRequest: (page, size) => ({
    method: 'GET',
    path: `/api/open/tasks/histories?page=${page}&page_size=${size}&model=mj`,
  }),

  readRecent(body) {
    const { data } = zod.parse(recent, body);
    const found = Array.isArray(data) ? data : [...data.list, ...data.tasks];
    return found.filter(isTask).map(readTask);
  },

  readTask,
  readCallback: readTask,

  readRefusal(body) {
    const { message, error } = zod.parse(refusal, body);
    return message || (typeof error === 'string' ? error : error.message);
  },
};
