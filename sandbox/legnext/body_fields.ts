import * as zod from 'zod/mini';
import type { TaskRequest } from '../service/task_request.ts';

/** What a body holds, under PiAPI's names. */
export interface Follow extends TaskRequest {
  /** Of the parent's pictures, from 0; `undefined` where the whole task is followed. */
  imageNo?: number | undefined;
  /** Of the parent's videos, from 0. */
  videoNo?: number | undefined;
}

export const url = zod
  .string('is required')
  .check(zod.regex(/^https?:\/\/[^\s/]+/i, 'must be an http(s) URL'));
export const words = zod
  .string('is required')
  .check(zod.regex(/\S/, 'is required'), zod.maxLength(8192, 'must have 1 to 8192 characters'));
export const job = { jobId: zod.string('is required').check(zod.regex(/\S/, 'is required')) };
export const wholeNumber = (highest: number) => {
  const message = `must be an integer from 0 to ${highest}`;
  return zod.int(message).check(zod.gte(0, message), zod.lte(highest, message));
};
export const picture = { ...job, imageNo: wholeNumber(3) };
export const remix = { remixPrompt: zod.optional(words) };
export const film = { ...job, videoNo: wholeNumber(3) };
export const subtleOrStrong = { type: wholeNumber(1) };
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
/** Polygons, or a black and white picture. */
export const mask = {
  mask: zod.union(
    [zod.object({ url }), zod.object({ areas: zod.array(area).check(zod.minLength(1)) })],
    'must hold areas or a url',
  ),
};

export const scale = (highest: number) => {
  const message = `must be a number from 1.1 to ${highest}`;
  return { scale: zod.number(message).check(zod.gte(1.1, message), zod.lte(highest, message)) };
};

/** Aspect ratio and mode are words of the prompt here, and nothing else. */
const ratioIn = (prompt: string) => /--(?:ar|aspect)\s+(\d+:\d+)/.exec(prompt)?.[1];

export const prompted = (prompt: string | undefined) =>
  prompt === undefined ? {} : { prompt, aspect_ratio: ratioIn(prompt) };

/** A body with these fields, read into PiAPI's names. */
export function reading<Shape extends zod.core.$ZodShape>(
  shape: Shape,
  read: (sent: zod.output<zod.ZodMiniObject<Shape>>) => Follow,
): zod.ZodMiniType<Follow> {
  return zod.pipe(zod.object(shape), zod.transform(read));
}

export const followUp = ({
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

const videoType = { videoType: zod.optional(wholeNumber(1)) };

/** A picture of a job, or in a link that begins the prompt. */
export const animation = zod.union(
  [
    reading({ ...picture, prompt: zod.optional(words), ...videoType }, followUp),
    reading({ prompt: words.check(zod.regex(/^https?:\/\/\S+/i)), ...videoType }, ({ prompt }) => ({
      prompt,
    })),
  ],
  'must hold jobId and imageNo, or a prompt that begins with the URL of a picture; videoType is 0 or 1',
);
