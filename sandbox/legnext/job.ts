import type { StoredTask } from '../service/stored_task.ts';
import type { View } from '../service/task_format.ts';
import { type UnifiedBody, unifiedBody } from '../service/unified_body.ts';

/** The job object of LegNext: PiAPI's unified task under another id. */
export interface Job extends UnifiedBody {
  job_id: string;
  /** The request, as it was sent. */
  input: Readonly<Record<string, unknown>>;
  output: Readonly<Record<string, unknown>>;
}

/** Points, as documented. */
const prices: Readonly<Record<string, number>> = { describe: 20 };
const usualPrice = 80;

/** The job as its owner sees it now. */
export function jobOf(task: StoredTask, view: View): Job {
  const body = unifiedBody(task, prices[task.operation.name] ?? usualPrice);
  return {
    job_id: task.id,
    ...body,
    // The message says why; PiAPI says it in raw_message.
    error: { ...body.error, message: body.error.raw_message },
    input: task.input,
    output: outputOf(task, view),
  };
}

function outputOf(task: StoredTask, view: View) {
  if (task.operation.result === 'description') {
    return task.operation.name === 'shorten' ? shortened(task) : description(task);
  }
  return filmsOf(task) > 0 ? videos(task, view) : images(task, view);
}

/** How many films a job makes; documented is one for those that follow a film. */
export function filmsOf({ operation }: StoredTask): number {
  if (operation.result !== 'media') {
    return 0;
  }
  return operation.name === 'video_diffusion' ? 4 : 1;
}

/** As recorded. */
function videos(task: StoredTask, { url }: View) {
  if (task.status !== 'finished') {
    return { video_urls: null, seed: '' };
  }
  const numbers = Array.from({ length: filmsOf(task) }, (_, place) => place);
  return {
    video_urls: numbers.map((n) => `${url}/media/${task.id}${n === 0 ? '' : `-${n + 1}`}.mp4`),
    seed: task.seed,
    available_actions: { extend: numbers, upscale: numbers },
  };
}

/** Its prompts are the first words of the long one, fewer each time. */
function shortened({ status, prompt }: StoredTask) {
  const words = prompt.split(/\s+/);
  const prompts =
    status === 'finished' ? [8, 6, 4].map((count) => words.slice(0, count).join(' ')) : [];
  return { prompts, finalPrompt: prompts[0] ?? '' };
}

/** Documented empty; what stands in `description` beside the prompts is a guess. */
function description({ status, message }: StoredTask) {
  const text = status === 'finished' ? message : '';
  const prompts = text === '' ? [] : text.split('\n\n');
  return { promptEn: text, description: text, finalPrompt: prompts[0] ?? '', prompts };
}

function images(task: StoredTask, { url }: View) {
  const { status, pictures, id, seed } = task;
  if (status !== 'finished') {
    return { image_url: '', image_urls: null, seed: '' };
  }
  const image = `${url}/images/${id}`;
  const numbers = pictures.map((_, place) => place);
  const each = pictures.length > 1 ? numbers.map((n) => `${image}-${n + 1}.png`) : [`${image}.png`];
  return {
    image_url: `${image}.png`,
    image_urls: each,
    seed,
    available_actions: {
      ...Object.fromEntries(ofOnePicture.map((name) => [name, pictures.length > 1 ? [] : numbers])),
      upscale: numbers,
      variation: numbers,
      reroll: true,
    },
  };
}

/** What a recorded grid lists without a picture: it follows one that is upscaled. */
const ofOnePicture = [
  ...['edit', 'inpaint', 'outpaint', 'pan', 'remix'],
  ...['remove_background', 'retexture', 'video_generation'],
];
