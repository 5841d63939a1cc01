import * as zod from 'zod/mini';
import { mediaIn } from '../midjourney/model_media.ts';
import { textIn } from '../midjourney/model_text.ts';
import type { ModelOutput } from '../midjourney/output_leaves.ts';
import { promptIn } from '../midjourney/prompt_in.ts';
import { MIDJOURNEY, type Status, type Task } from '../midjourney/task.ts';
import { cost, unitNamed } from './cost.ts';
import {
  amount,
  anyObject,
  firstReason,
  identifier,
  isoText,
  part,
  percent,
  text,
} from './lenient.ts';
import { midjourneyResult } from './midjourney_result.ts';
import { NotATask } from './service.ts';
import { statusFrom } from './status_words.ts';

/** Where services differ that send tasks like PiAPI's unified API. */
export interface UnifiedFormat {
  readonly service: string;
  /** The key of a task's id. */
  readonly id: 'task_id' | 'job_id';
  /** The key of the step that starts such tasks. */
  operationOf(taskType: string, model: string): string;
}

const taskBody = part({
  task_id: identifier,
  job_id: identifier,
  model: text,
  task_type: text,
  status: text,
  input: anyObject,
  output: anyObject,
  meta: part({
    created_at: isoText,
    started_at: isoText,
    ended_at: isoText,
    usage: part({ type: text, consume: amount }),
  }),
  error: firstReason,
  message: text,
});

const envelope = part({ data: anyObject });

/** The result of another model. */
function mediaResultOf(output: ModelOutput, input: ModelOutput) {
  const { image, video, audio, model_3d } = mediaIn(output, input);
  return {
    imageUrl: image[0] ?? '',
    imageUrls: image.length > 1 ? image : [],
    previewUrls: [],
    videoUrls: video,
    audioUrls: audio,
    model3dUrl: model_3d[0] ?? '',
    seed: '',
    description: textIn(output),
    prompts: [],
    finalPrompt: '',
    actions: [],
    output,
  };
}

/** What some models' outputs say of a task's state. */
const stateIn = part({ progress: percent, percent, message: text });

/** PiAPI's word on some models' pages, as `completed` on all others. */
const unifiedStatus = (word: string): Status =>
  word.trim().toLowerCase() === 'success' ? 'finished' : statusFrom(word);

/** Both times are the service's own. */
const secondsBetween = (start: string, end: string): number | undefined => {
  const seconds = (Date.parse(end) - Date.parse(start)) / 1000;
  return seconds > 0 ? seconds : undefined;
};

/**
 * A task as PiAPI's unified API and LegNext send it, by itself or as the `data` of an envelope
 * or a webhook.
 * @throws NotATask
 */
export function readUnifiedTask(body: unknown, format: UnifiedFormat): Task {
  const { data } = zod.parse(envelope, body);
  const read = zod.parse(taskBody, Object.hasOwn(data, format.id) ? data : body);
  const id = read[format.id].trim();
  if (id === '' || id.length > 200) {
    throw new NotATask(`It has no ${format.id}.`);
  }
  const model = read.model || MIDJOURNEY;
  const status = unifiedStatus(read.status);
  const { progress, percent: percentage, message } = zod.parse(stateIn, read.output);
  const { created_at, started_at, ended_at, usage } = read.meta;
  return {
    id,
    service: format.service,
    operation: format.operationOf(read.task_type, model),
    model,
    taskType: read.task_type,
    status,
    progress: progress ?? percentage,
    prompt: promptIn(read.input),
    ...(model === MIDJOURNEY
      ? midjourneyResult(read.output, read.task_type)
      : mediaResultOf(read.output, read.input)),
    errorMessage: status === 'failed' ? read.error || read.message || message : '',
    createdAt: created_at,
    startedAt: started_at,
    finishedAt: ended_at,
    durationSeconds: secondsBetween(started_at, ended_at),
    ...cost(status, usage.consume, unitNamed(usage.type)),
  };
}
