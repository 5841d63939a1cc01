import { aspectRatioIn } from '../midjourney/aspect_ratio.ts';
import { withParameter } from '../midjourney/compose_prompt.ts';
import type { Operation } from '../midjourney/operations.ts';
import { takeParameter } from '../midjourney/take_parameter.ts';
import { MIDJOURNEY } from '../midjourney/task.ts';
import type { TaskInput } from '../midjourney/task_input.ts';
import { VIDEO_MODEL } from './apiframe_task.ts';
import { FORM_FIELDS, JSON_FIELDS } from './models/step_fields.ts';
import type { Capability } from './service.ts';

/** The request for an operation. Bodies are strict: one key too many is a refusal. */
interface Endpoint extends Capability {
  /** Below `/v2/`. */
  path(input: TaskInput): string;
  body(input: TaskInput): Record<string, unknown>;
}

const endpoint = (given: Omit<Endpoint, 'reports'>): Endpoint => ({
  ...given,
  reports: 'progress on request',
});

const GENERATE = 'images/generate';

/** The ratio has a field of its own; all else is a word of the prompt, the speed too (a guess). */
function imagine({ prompt: entered = '', aspect_ratio = '', process_mode }: TaskInput) {
  const prompt = withParameter(entered, 'process_mode', process_mode);
  const { prompt: words, value } = takeParameter(prompt, 'aspect_ratio');
  const inPrompt = aspectRatioIn(value);
  const ratio = aspectRatioIn(aspect_ratio) ?? inPrompt;
  return {
    model: MIDJOURNEY,
    prompt: inPrompt === undefined ? prompt : words,
    ...(ratio !== undefined && { midjourneyParams: { aspect_ratio: ratio } }),
  };
}

/** Of a Midjourney job, by APIFRAME's word for it. */
const action = (name: string, given: Pick<Endpoint, 'fields' | 'choices' | 'body'>): Endpoint =>
  endpoint({
    ...given,
    path: () => 'images/midjourney/action',
    body: (input) => ({ action: name, parentJobId: input.origin_task_id, ...given.body(input) }),
  });

const IMAGES = ['1', '2', '3', '4'];

/** These name the parent's model themselves. */
const WITHOUT_MODEL = /\/action$/;

/** Of any model: its address, and the rest of the body. */
const modelTask = (fields: readonly string[]): Endpoint =>
  endpoint({
    path: ({ task_type = '' }) => task_type,
    fields,
    body: ({ model, task_type = '', input }) => ({
      ...input,
      ...(!WITHOUT_MODEL.test(task_type) && { model }),
    }),
  });

export const ENDPOINTS: { readonly [Key in Operation]?: Endpoint } = {
  imagine: endpoint({
    path: () => GENERATE,
    fields: ['prompt', 'aspect_ratio', 'process_mode'],
    body: imagine,
  }),
  upscale: action('upsample', {
    fields: ['origin_task_id', 'index'],
    choices: { index: [...IMAGES, 'all'] },
    body: ({ index }) => ({ index: Number(index) }),
  }),
  variation: action('variation', {
    fields: ['origin_task_id', 'index'],
    choices: { index: IMAGES },
    body: ({ index }) => ({ index: Number(index) }),
  }),
  // Not offered as such: the prompt of the parent is sent anew.
  reroll: endpoint({
    path: () => GENERATE,
    fields: ['origin_task_id', 'prompt', 'aspect_ratio'],
    body: imagine,
  }),
  pan: action('pan', {
    fields: ['origin_task_id', 'direction'],
    body: ({ direction }) => ({ direction }),
  }),
  outpaint: action('outpaint', {
    fields: ['origin_task_id', 'zoom_ratio'],
    choices: { zoom_ratio: ['1.5', '2'] },
    body: ({ zoom_ratio }) => ({ zoomRatio: Number(zoom_ratio) }),
  }),
  inpaint: action('inpaint', {
    fields: ['origin_task_id', 'mask', 'prompt'],
    body: ({ mask_base64, prompt }) => ({ mask: mask_base64, ...(prompt && { prompt }) }),
  }),
  video: endpoint({
    path: () => 'videos/generate',
    fields: ['origin_task_id', 'index', 'image_url', 'prompt', 'motion', 'resolution'],
    body: ({ prompt, image_url, motion, resolution }) => ({
      model: VIDEO_MODEL,
      prompt,
      midjourneyVideoParams: {
        start_image: image_url,
        ...(motion && { motion }),
        ...(resolution && { resolution }),
      },
    }),
  }),
  create_video: modelTask(FORM_FIELDS),
  create_image: modelTask(FORM_FIELDS),
  create_audio: modelTask(FORM_FIELDS),
  edit_media: modelTask(FORM_FIELDS),
  run_task: modelTask(JSON_FIELDS),
};
