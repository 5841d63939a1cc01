import * as zod from 'zod/mini';
import { withParameter } from '../midjourney/compose_prompt.ts';
import { mediaIn } from '../midjourney/model_media.ts';
import type { ModelOutput } from '../midjourney/output_leaves.ts';
import { promptIn } from '../midjourney/prompt_in.ts';
import { MIDJOURNEY, type Task } from '../midjourney/task.ts';
import { cost } from './cost.ts';
import {
  amount,
  anyObject,
  identifier,
  isoText,
  lenient,
  part,
  percent,
  text,
  webUrl,
  webUrls,
} from './lenient.ts';
import { catalogue } from './models/catalogue.ts';
import { stepFor } from './models/find_entry.ts';
import { NotATask } from './service.ts';
import { statusFrom } from './status_words.ts';

/** The forms of its models. */
export const APIFRAME_MODELS = catalogue('apiframe');

/** Midjourney's films are a model of their own. */
export const VIDEO_MODEL = 'midjourney-video';

/** A bare link, as older pages show it, or a list of links, is the result by itself. */
const result = lenient((value): ModelOutput => {
  if (typeof value === 'string') {
    return { url: value };
  }
  return Array.isArray(value) ? { images: value } : zod.parse(anyObject, value);
});

const job = part({
  id: identifier,
  jobId: identifier,
  status: text,
  model: text,
  progress: percent,
  result,
  error: text,
  creditCost: amount,
  createdAt: isoText,
  completedAt: isoText,
  input: anyObject,
});

/** The keys of the echoed input are a guess; only GET one has it. */
const echoed = part({ action: text, midjourneyParams: part({ aspect_ratio: text }) });

const pictures = part({ url: webUrl, images: webUrls, gridUrl: webUrl });

/** APIFRAME's words for its actions, where they are not ours. */
const ACTIONS = new Map([['upsample', 'upscale']]);

/** What can follow four pictures, and what one (documented), in the words that PiAPI has for it. */
const AFTER_GRID = ['upscale', 'variation'].flatMap((action) =>
  ['1', '2', '3', '4'].map((place) => action + place),
);
const AFTER_UPSCALE = ['pan', 'outpaint', 'inpaint', 'animate'];

/** All that a Midjourney job tells: neither a webhook nor, as far as known, a list says the operation. */
function midjourneyJob(read: zod.output<typeof job>) {
  const { action, midjourneyParams } = zod.parse(echoed, read.input);
  const { url, images, gridUrl } = zod.parse(pictures, read.result);
  const all = images.length > 0 ? images : [url].filter(Boolean);
  const isOne = all.length === 1 && gridUrl === '';
  const operation = ACTIONS.get(action) ?? (action || (isOne ? 'upscale' : 'imagine'));
  const following = isOne ? AFTER_UPSCALE : [...AFTER_GRID, 'reroll'];
  return {
    operation,
    prompt: withParameter(promptIn(read.input), 'aspect_ratio', midjourneyParams.aspect_ratio),
    imageUrl: gridUrl || (isOne ? (all[0] ?? '') : ''),
    imageUrls: all,
    videoUrls: [],
    audioUrls: [],
    model3dUrl: '',
    output: undefined,
    actions: all.length > 0 ? following : [],
  };
}

/** A job of another model, whose result is looked through for its media. */
function otherJob(read: zod.output<typeof job>) {
  const { image, video, audio, model_3d } = mediaIn(read.result, read.input);
  const isFilm = read.model === VIDEO_MODEL;
  return {
    operation: isFilm ? 'video' : stepFor(APIFRAME_MODELS(), read.model, ''),
    prompt: promptIn(read.input),
    imageUrl: image[0] ?? '',
    imageUrls: image.length > 1 ? image : [],
    videoUrls: video,
    audioUrls: audio,
    model3dUrl: model_3d[0] ?? '',
    output: isFilm ? undefined : read.result,
    actions: [],
  };
}

/**
 * A job as GET gives it, with `id`, or a webhook's body, with `jobId`.
 * @throws NotATask
 */
export function readApiframeJob(body: unknown): Task {
  const read = zod.parse(job, body);
  const id = (read.jobId || read.id).trim();
  if (id === '' || id.length > 200) {
    throw new NotATask('It has no jobId.');
  }
  const model = read.model || MIDJOURNEY;
  const status = statusFrom(read.status);
  return {
    id,
    service: 'apiframe',
    model: model === VIDEO_MODEL ? MIDJOURNEY : model,
    // Neither a webhook nor a list has it.
    taskType: '',
    status,
    progress: read.progress,
    ...(model === MIDJOURNEY ? midjourneyJob(read) : otherJob(read)),
    previewUrls: [],
    seed: '',
    description: '',
    finalPrompt: '',
    prompts: [],
    errorMessage: status === 'failed' ? read.error : '',
    createdAt: read.createdAt,
    startedAt: '',
    finishedAt: read.completedAt,
    durationSeconds: undefined,
    ...cost(status, read.creditCost, 'credits'),
  };
}
