import * as zod from 'zod/mini';
import type { TaskKind } from '../service/task_request.ts';
import {
  animation,
  type Follow,
  film,
  followUp,
  job,
  mask,
  picture,
  prompted,
  reading,
  remix,
  scale,
  subtleOrStrong,
  url,
  wholeNumber,
  words,
} from './body_fields.ts';

/** An operation of LegNext; its name is the `task_type` and, with hyphens, the end of its path. */
export interface Operation extends TaskKind {
  /** Reads a body into PiAPI's names: refuses what is missing or wrong. */
  readonly body: zod.ZodMiniType<Follow>;
}

const directions = ['down', 'right', 'up', 'left'];

const grid = { result: 'grid', pace: 1 } as const;

const single = { result: 'single', pace: 1 } as const;

/** Three to five minutes. */
const films = { result: 'media', pace: 4 } as const;

/** Only for accounts that LegNext lets in. */
export const CLOSED: readonly string[] = ['edit', 'upload-paint'];

/** Every operation that starts a job and that the app knows. There is no seed and no cancel. */
export const operations: readonly Operation[] = [
  { ...grid, name: 'diffusion', body: reading({ text: words }, ({ text }) => prompted(text)) },
  {
    ...grid,
    name: 'upscale',
    result: 'single',
    pace: 0.5,
    // 2x and 4x are from the vendor's node for n8n.
    body: reading({ ...picture, type: wholeNumber(3) }, followUp),
  },
  {
    ...grid,
    name: 'variation',
    body: reading({ ...picture, ...subtleOrStrong, ...remix }, followUp),
  },
  { ...grid, name: 'reroll', body: reading(job, followUp) },
  {
    ...grid,
    name: 'blend',
    body: reading(
      {
        imgUrls: zod
          .array(url, 'must be a list of URLs')
          .check(
            zod.minLength(2, 'must hold 2 to 5 URLs'),
            zod.maxLength(5, 'must hold 2 to 5 URLs'),
          ),
        aspect_ratio: zod.enum(['2:3', '1:1', '3:2'], 'must be one of 2:3, 1:1, 3:2'),
      },
      ({ imgUrls, aspect_ratio }) => ({ image_urls: imgUrls, aspect_ratio }),
    ),
  },
  {
    name: 'describe',
    result: 'description',
    pace: 0.5,
    body: reading({ imgUrl: url }, ({ imgUrl }) => ({ image_url: imgUrl })),
  },
  {
    ...grid,
    name: 'pan',
    body: reading(
      { ...picture, direction: wholeNumber(3), ...scale(3), ...remix },
      ({ direction, ...sent }) => ({ ...followUp(sent), direction: directions[direction] }),
    ),
  },
  { ...grid, name: 'outpaint', body: reading({ ...picture, ...scale(2), ...remix }, followUp) },
  {
    ...grid,
    name: 'inpaint',
    body: reading(
      {
        ...picture,
        ...remix,
        ...mask,
      },
      followUp,
    ),
  },
  {
    ...grid,
    name: 'remix',
    body: reading({ ...picture, remixPrompt: words, mode: wholeNumber(1) }, followUp),
  },
  { ...single, name: 'enhance', body: reading(picture, followUp) },
  {
    ...grid,
    name: 'retexture',
    body: reading({ imgUrl: url, remixPrompt: words }, ({ imgUrl, remixPrompt }) => ({
      image_url: imgUrl,
      ...prompted(remixPrompt),
    })),
  },
  {
    ...single,
    name: 'remove_background',
    body: reading({ imgUrl: url }, ({ imgUrl }) => ({ image_url: imgUrl })),
  },
  {
    name: 'shorten',
    result: 'description',
    pace: 0.5,
    body: reading({ prompt: words }, ({ prompt }) => ({ prompt })),
  },
  {
    ...films,
    name: 'video_diffusion',
    body: animation,
  },
  {
    ...films,
    name: 'extend_video',
    body: reading({ ...film, prompt: zod.optional(words) }, followUp),
  },
  { ...films, name: 'video_upscale', body: reading(film, followUp) },
];
