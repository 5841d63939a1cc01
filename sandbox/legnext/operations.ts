import * as zod from 'zod/mini';
import type { TaskKind, TaskRequest } from '../service/task_request.ts';

/** An operation of LegNext; its name is the end of its path and the `task_type`. */
export interface Operation extends TaskKind {
  /** Reads a body into PiAPI's names: refuses what is missing or wrong. */
  readonly body: zod.ZodMiniType<Follow>;
}

/** What a body holds, under PiAPI's names. */
export interface Follow extends TaskRequest {
  /** Of the parent's pictures, from 0; `undefined` where the whole task is followed. */
  imageNo?: number | undefined;
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
const subtleOrStrong = { type: wholeNumber(1) };
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
  imageNo,
}: {
  jobId: string;
  remixPrompt?: string | undefined;
  imageNo?: number | undefined;
}): Follow => ({
  origin_task_id: jobId,
  imageNo,
  index: imageNo === undefined ? undefined : String(imageNo + 1),
  ...prompted(remixPrompt),
});

const directions = ['down', 'right', 'up', 'left'];

const grid = { result: 'grid', pace: 1 } as const;

/** Every operation that starts a job and that the app knows. There is no seed and no cancel. */
export const operations: readonly Operation[] = [
  { ...grid, name: 'diffusion', body: reading({ text: words }, ({ text }) => prompted(text)) },
  {
    ...grid,
    name: 'upscale',
    result: 'single',
    pace: 0.5,
    body: reading({ ...picture, ...subtleOrStrong }, followUp),
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
          [
            zod.object({ url }),
            zod.object({ areas: zod.array(zod.looseObject({})).check(zod.minLength(1)) }),
          ],
          'must hold areas or a url',
        ),
      },
      followUp,
    ),
  },
];
