import { withParameter } from '../midjourney/compose_prompt.ts';
import type { Operation } from '../midjourney/operations.ts';
import type { TaskInput } from '../midjourney/task_input.ts';
import {
  DIRECTIONS,
  film,
  maskOf,
  moving,
  picture,
  RATIOS,
  remix,
  UPSCALE_TYPES,
} from './legnext_bodies.ts';
import type { Capability } from './service.ts';

/** The request for an operation. LegNext reports only the end of each. */
interface Endpoint extends Capability {
  readonly path: string;
  body(input: TaskInput): Record<string, unknown>;
}

const endpoint = (given: Omit<Endpoint, 'reports'>): Endpoint => ({ ...given, reports: 'end' });

const IMAGES = ['1', '2', '3', '4'];

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
    choices: { index: [...IMAGES, 'all'] },
    body: (input) => ({
      ...picture(input),
      type: UPSCALE_TYPES.indexOf(input.type ?? 'subtle'),
    }),
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
    ranges: { zoom_ratio: [1.1, 2] },
    body: (input) => ({ ...picture(input), scale: Number(input.zoom_ratio), ...remix(input) }),
  }),
  inpaint: endpoint({
    path: 'inpaint',
    fields: ['origin_task_id', 'index', 'mask', 'areas', 'prompt'],
    body: (input) => ({ ...picture(input), mask: maskOf(input), ...remix(input) }),
  }),
  remix: endpoint({
    path: 'remix',
    fields: ['origin_task_id', 'index', 'type', 'prompt', 'aspect_ratio'],
    // The other way round than in a variation.
    body: (input) => ({
      ...picture(input),
      mode: input.type === 'subtle' ? 1 : 0,
      ...remix(input),
    }),
  }),
  enhance: endpoint({
    path: 'enhance',
    fields: ['origin_task_id', 'index'],
    body: picture,
  }),
  retexture: endpoint({
    path: 'retexture',
    fields: ['image_url', 'prompt'],
    body: ({ image_url, ...input }) => ({ imgUrl: image_url, ...remix(input) }),
  }),
  remove_background: endpoint({
    path: 'remove-background',
    fields: ['image_url'],
    body: ({ image_url }) => ({ imgUrl: image_url }),
  }),
  shorten: endpoint({
    path: 'shorten',
    fields: ['prompt'],
    body: ({ prompt }) => ({ prompt }),
  }),
  video: endpoint({
    path: 'video-diffusion',
    fields: ['origin_task_id', 'index', 'image_url', 'prompt', 'motion', 'resolution'],
    body: (input) => ({
      ...(input.origin_task_id !== undefined && picture(input)),
      ...moving(input),
      videoType: input.resolution === 'hd' ? 1 : 0,
    }),
  }),
  extend_video: endpoint({
    path: 'extend-video',
    fields: ['origin_task_id', 'index', 'prompt'],
    body: (input) => ({ ...film(input), ...(input.prompt && { prompt: input.prompt }) }),
  }),
  upscale_video: endpoint({
    path: 'video-upscale',
    fields: ['origin_task_id', 'index'],
    body: film,
  }),
};

const BY_PATH = new Map(
  Object.entries(ENDPOINTS).map(([operation, { path }]) => [path, operation]),
);

/** The step that starts jobs of this type, which is the path with hyphens or underscores. */
export const operationOf = (taskType: string): string =>
  BY_PATH.get(taskType.replaceAll('_', '-')) ?? taskType;
