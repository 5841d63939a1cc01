import type { ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { failed, halted } from '../errors/errors.ts';
import type { Task } from '../midjourney/task.ts';
import type { Connection } from '../services/connection.ts';
import { encodeCurlies } from '../services/curlies.ts';
import { readTaskOf } from '../services/read_tasks.ts';
import { insteadOfFile } from './no_file.ts';

/** What a file pointer carries; small, for Zapier takes 12,000 bytes. */
export const pictureSchema = zod.object({
  url: zod.string().check(zod.refine((url) => /^https?:\/\//i.test(url) && URL.canParse(url))),
  task_id: zod.string(),
  /** From 1; 0 is the grid, the single image, or the first of other media. */
  number: zod.int().check(zod.gte(0)),
  /** What it is when it is no picture. */
  media: zod.optional(zod.enum(['video', 'audio', 'model_3d'])),
  /** The part of the picture that is wanted, where it is a grid of four. */
  quarter: zod.optional(zod.literal([1, 2, 3, 4])),
  file_name: zod.string().check(zod.minLength(1)),
});

export type Picture = Readonly<zod.output<typeof pictureSchema>>;

/** A picture to be fetched, and the signal that ends it. */
export interface PictureRequest {
  readonly z: ZObject;
  readonly connection: Connection;
  readonly picture: Picture;
  readonly signal: AbortSignal;
}

export const RETRY_LATER = 'Run the step again in a few minutes.';

/** Answers of picture hosts to an expired link. */
const EXPIRED: readonly number[] = [403, 404, 410];

export const unreachable = (z: ZObject, url: string): Error =>
  failed(
    z,
    `The picture could not be loaded from ${new URL(url).host}. ${RETRY_LATER}`,
    'picture_unreachable',
  );

async function get({ z, signal }: PictureRequest, url: string) {
  // Core hands `signal` on to node-fetch, though its types lack it.
  const options = { url, raw: true, skipThrowForStatus: true, signal } as const;
  try {
    return await z.request(options);
  } catch {
    throw unreachable(z, url);
  }
}

function linkOf(task: Task | undefined, { number, media }: Picture): string | undefined {
  if (media === 'model_3d') {
    return task?.model3dUrl;
  }
  if (media) {
    const urls = media === 'video' ? task?.videoUrls : task?.audioUrls;
    return urls?.[Math.max(0, number - 1)];
  }
  return number === 0 ? task?.imageUrl : task?.imageUrls[number - 1];
}

/** The picture's link as the service has it now; '' when it has none, or the same. */
async function freshUrl({ z, connection, picture }: PictureRequest): Promise<string> {
  const task = await readTaskOf(z, connection, picture.task_id);
  const url = encodeCurlies(linkOf(task, picture) ?? '');
  return url === picture.url ? '' : url;
}

/** Hosts answer for an expired link with a status, or with a page or a text of 200. */
const isFile = (response: Awaited<ReturnType<typeof get>>, { media }: Picture): boolean =>
  !EXPIRED.includes(response.status) &&
  insteadOfFile(response.getHeader('content-type') ?? '', media) === undefined;

/**
 * The answer to the picture's link or, when that has expired, to a fresh one.
 * @throws what happened and what to do, when neither leads to an answer
 */
export async function openPicture(request: PictureRequest) {
  const { z, connection, picture } = request;
  const first = await get(request, picture.url);
  if (isFile(first, picture)) {
    return { url: picture.url, response: first };
  }
  const url = await freshUrl(request).catch((error: unknown) => {
    if (EXPIRED.includes(first.status)) {
      throw error;
    }
    return '';
  });
  const second = url === '' ? undefined : await get(request, url);
  if (!second && !EXPIRED.includes(first.status)) {
    return { url: picture.url, response: first };
  }
  if (!second || EXPIRED.includes(second.status)) {
    throw halted(
      z,
      `The picture's link has expired; ${connection.service.label} keeps results about ${connection.service.keeps.results}. Run the Midjourney task again, and save its pictures in the Zap that Task Finished starts.`,
    );
  }
  return { url, response: second };
}
