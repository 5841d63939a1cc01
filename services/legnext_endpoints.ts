import { withParameter } from '../midjourney/compose_prompt.ts';
import type { Operation } from '../midjourney/operations.ts';
import type { TaskInput } from '../midjourney/task_input.ts';
import type { Capability } from './service.ts';

/** The request for an operation. LegNext reports only the end of each. */
interface Endpoint extends Capability {
  readonly path: string;
  body(input: TaskInput): Record<string, unknown>;
}

const endpoint = (given: Omit<Endpoint, 'reports'>): Endpoint => ({ ...given, reports: 'end' });

/** A picture of a job, counted from 0; an upscaled one is the only picture of its job. */
const picture = ({ origin_task_id, index }: TaskInput) => ({
  jobId: origin_task_id,
  imageNo: Number(index || '1') - 1,
});

/** Aspect ratio and mode are words of the prompt here, as everything else is. */
const remix = ({ prompt, aspect_ratio }: TaskInput) =>
  prompt ? { remixPrompt: withParameter(prompt, 'aspect_ratio', aspect_ratio) } : {};

const IMAGES = ['1', '2', '3', '4'];

const DIRECTIONS = ['down', 'right', 'up', 'left'];

const RATIOS = new Map([
  ['portrait', '2:3'],
  ['landscape', '3:2'],
]);

export const ENDPOINTS: { readonly [Key in Operation]?: Endpoint } = {
  imagine: endpoint({
    path: 'diffusion',
    fields: ['prompt', 'aspect_ratio', 'process_mode'],
    body: ({ prompt = '', aspect_ratio, process_mode }) => ({
      text: withParameter(
        withParameter(prompt, 'aspect_ratio', aspect_ratio),
        'process_mode',
        process_mode,
      ),
    }),
  }),
  upscale: endpoint({
    path: 'upscale',
    fields: ['origin_task_id', 'index', 'type'],
    choices: { index: [...IMAGES, 'all'], type: ['subtle', 'creative'] },
    body: (input) => ({ ...picture(input), type: input.type === 'creative' ? 1 : 0 }),
  }),
  variation: endpoint({
    path: 'variation',
    fields: ['origin_task_id', 'index', 'type', 'prompt', 'aspect_ratio'],
    choices: { index: IMAGES, type: ['subtle', 'strong'] },
    body: (input) => ({
      ...picture(input),
      type: input.type === 'subtle' ? 0 : 1,
      ...remix(input),
    }),
  }),
  reroll: endpoint({
    path: 'reroll',
    fields: ['origin_task_id'],
    body: ({ origin_task_id }) => ({ jobId: origin_task_id }),
  }),
  describe: endpoint({
    path: 'describe',
    fields: ['image_url'],
    body: ({ image_url }) => ({ imgUrl: image_url }),
  }),
  blend: endpoint({
    path: 'blend',
    fields: ['image_urls', 'dimension'],
    body: ({ image_urls, dimension }) => ({
      imgUrls: image_urls,
      aspect_ratio: RATIOS.get(dimension ?? '') ?? '1:1',
    }),
  }),
  pan: endpoint({
    path: 'pan',
    fields: ['origin_task_id', 'index', 'direction', 'scale', 'prompt'],
    body: (input) => ({
      ...picture(input),
      direction: DIRECTIONS.indexOf(input.direction ?? ''),
      scale: input.scale ?? 1.5,
      ...remix(input),
    }),
  }),
  outpaint: endpoint({
    path: 'outpaint',
    fields: ['origin_task_id', 'index', 'zoom_ratio', 'aspect_ratio', 'prompt'],
    choices: { zoom_ratio: ['1.5', '2'] },
    body: (input) => ({ ...picture(input), scale: Number(input.zoom_ratio), ...remix(input) }),
  }),
  inpaint: endpoint({
    path: 'inpaint',
    fields: ['origin_task_id', 'index', 'mask', 'prompt'],
    body: (input) => ({ ...picture(input), mask: { url: input.mask }, ...remix(input) }),
  }),
};
