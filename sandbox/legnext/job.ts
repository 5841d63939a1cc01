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
    output: task.operation.result === 'description' ? description(task) : images(task, view),
  };
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
const ofOnePicture = ['edit', 'inpaint', 'outpaint', 'pan', 'remix'];
