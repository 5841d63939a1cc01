import * as zod from 'zod/mini';
import { describedPrompts } from '../midjourney/described_prompts.ts';
import type { Status, Task } from '../midjourney/task.ts';
import { cost } from './cost.ts';
import {
  amount,
  count,
  firstReason,
  identifier,
  isoTime,
  part,
  percent,
  text,
  texts,
  webUrl,
  webUrls,
} from './lenient.ts';
import { NotATask } from './service.ts';
import { statusFrom } from './status_words.ts';

const prompts = () => part({ prompt: text });

const taskBody = zod.object({
  task_id: zod.string().check(zod.trim(), zod.minLength(1), zod.maxLength(200)),
  status: text,
  message: text,
  process_time: count,
  meta: part({
    task_type: text,
    created_at: count,
    started_at: count,
    ended_at: count,
    task_request: prompts(),
    task_param: prompts(),
  }),
  task_result: part({
    image_url: webUrl,
    image_urls: webUrls,
    temporary_image_urls: webUrls,
    task_progress: percent,
    intermediate_image_urls: webUrls,
    seed: identifier,
    message: text,
    error_messages: firstReason,
    actions: texts,
    quota_used: amount,
    credit: amount,
  }),
});

/** Credits where the task was charged in them, the plan's quota otherwise. */
const costOf = (
  status: Status,
  { credit = 0, quota_used }: zod.output<typeof taskBody>['task_result'],
) => (credit > 0 ? cost(status, credit, 'credits') : cost(status, quota_used, 'quota'));

/**
 * The task object of PiAPI's API v2, without an envelope.
 * @param service the key of the service that it is read through
 * @throws NotATask
 */
export function readV2Task(body: unknown, service: string): Task {
  const read = zod.safeParse(taskBody, body);
  if (!read.success) {
    throw new NotATask('It has no task_id.');
  }
  const { task_id, status, message, process_time, meta, task_result: result } = read.data;
  const state = statusFrom(status);
  const description = meta.task_type === 'describe' ? result.message : '';
  return {
    id: task_id,
    service,
    operation: meta.task_type,
    model: 'midjourney',
    taskType: meta.task_type,
    status: state,
    progress: result.task_progress,
    prompt: meta.task_request.prompt || meta.task_param.prompt,
    imageUrl: result.image_url,
    imageUrls: result.image_urls.length > 0 ? result.image_urls : result.temporary_image_urls,
    previewUrls: result.intermediate_image_urls,
    videoUrls: [],
    audioUrls: [],
    model3dUrl: '',
    seed: result.seed,
    // A guess: where v2 puts the text of Describe is not documented.
    description,
    prompts: describedPrompts(description),
    finalPrompt: '',
    output: undefined,
    actions: result.actions,
    errorMessage: result.error_messages || (state === 'failed' ? result.message || message : ''),
    createdAt: isoTime(meta.created_at),
    startedAt: isoTime(meta.started_at),
    finishedAt: isoTime(meta.ended_at),
    durationSeconds: process_time > 0 ? process_time : undefined,
    ...costOf(state, result),
  };
}
