import * as zod from 'zod/mini';
import type { TaskKind, TaskRequest } from '../service/task_request.ts';

/** An operation of LegNext; its name is the `task_type` and, with hyphens, the end of its path. */
export interface Operation extends TaskKind {
  /** Reads a body into PiAPI's names: refuses what is missing or wrong. */
  readonly body: zod.ZodMiniType<Follow>;
}

/** What a body holds, under PiAPI's names. */
export interface Follow extends TaskRequest {
  /** Of the parent's pictures, from 0; `undefined` where the whole task is followed. */
  imageNo?: number | undefined;
  /** Of the parent's videos, from 0. */
  videoNo?: number | undefined;
}

const url = zod
  .string('is required')
  .check(zod.regex(/^https?:\/\/[^\s/]+/i, 'must be an http(s) URL'));
const words = zod
  .string('is required')
  .check(zod.regex(/\S/, 'is required'), zod.maxLength(8192, 'must have 1 to 8192 characters'));
const job = { jobId: zod.string('is required').check(zod.regex(/\S/, 'is required')) };
const wholeNumber = (highest: number) => {
  const message = `must be an integer from 0 to ${highest}`;
  return zod.int(message).check(zod.gte(0, message), zod.lte(highest, message));
};
const picture = { ...job, imageNo: wholeNumber(3) };
const remix = { remixPrompt: zod.optional(words) };
const film = { ...job, videoNo: wholeNumber(3) };
const subtleOrStrong = { type: wholeNumber(1) };
const side = () => {
  const message = 'must be an integer from 500 to 4096';
  return zod.int(message).check(zod.gte(500, message), zod.lte(4096, message));
};
/** A polygon in a picture of this size: x and y in turn, three corners at the least. */
const area = zod
  .object({
    width: side(),
    height: side(),
    points: zod
      .array(zod.int('must be integers').check(zod.gte(0, 'must be integers from 0')))
      .check(zod.minLength(6, 'must be pairs of three points or more')),
  })
  .check(
    zod.refine(
      ({ width, height, points }) =>
        points.length % 2 === 0 &&
        points.every((point, place) => point <= (place % 2 === 0 ? width : height)),
      'must have its points within its width and height',
    ),
  );
const scale = (highest: number) => {
  const message = `must be a number from 1.1 to ${highest}`;
  return { scale: zod.number(message).check(zod.gte(1.1, message), zod.lte(highest, message)) };
};

/** Aspect ratio and mode are words of the prompt here, and nothing else. */
const ratioIn = (prompt: string) => /--(?:ar|aspect)\s+(\d+:\d+)/.exec(prompt)?.[1];

const prompted = (prompt: string | undefined) =>
  prompt === undefined ? {} : { prompt, aspect_ratio: ratioIn(prompt) };

/** A body with these fields, read into PiAPI's names. */
function reading<Shape extends zod.core.$ZodShape>(
  shape: Shape,
  read: (sent: zod.output<zod.ZodMiniObject<Shape>>) => Follow,
): zod.ZodMiniType<Follow> {
  return zod.pipe(zod.object(shape), zod.transform(read));
}

const followUp = ({
  jobId,
  remixPrompt,
  prompt,
  imageNo,
  videoNo,
}: {
  jobId: string;
  remixPrompt?: string | undefined;
  prompt?: string | undefined;
  imageNo?: number | undefined;
  videoNo?: number | undefined;
}): Follow => ({
  origin_task_id: jobId,
  imageNo,
  videoNo,
  index: imageNo === undefined ? undefined : String(imageNo + 1),
  ...prompted(remixPrompt ?? prompt),
});

const directions = ['down', 'right', 'up', 'left'];

const grid = { result: 'grid', pace: 1 } as const;

const single = { result: 'single', pace: 1 } as const;

/** Three to five minutes. */
const films = { result: 'media', pace: 4 } as const;

const videoType = { videoType: zod.optional(wholeNumber(1)) };

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
        // Polygons, or a black and white picture.
        mask: zod.union(
          [zod.object({ url }), zod.object({ areas: zod.array(area).check(zod.minLength(1)) })],
          'must hold areas or a url',
        ),
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
    body: zod.union(
      [
        reading({ ...picture, prompt: zod.optional(words), ...videoType }, followUp),
        reading(
          { prompt: words.check(zod.regex(/^https?:\/\/\S+/i)), ...videoType },
          ({ prompt }) => ({ prompt }),
        ),
      ],
      'must hold jobId and imageNo, or a prompt that begins with the URL of a picture; videoType is 0 or 1',
    ),
  },
  {
    ...films,
    name: 'extend_video',
    body: reading({ ...film, prompt: zod.optional(words) }, followUp),
  },
  { ...films, name: 'video_upscale', body: reading(film, followUp) },
];
