import { Readable } from 'node:stream';
import type { Bundle, ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { failed, guarded, halted } from '../errors/errors.ts';
import { inTime, Late } from '../errors/in_time.ts';
import type { Task } from '../midjourney/task.ts';
import { type Connection, readConnection } from '../services/connection.ts';
import { encodeCurlies } from '../services/curlies.ts';
import { readTaskOf } from '../services/read_tasks.ts';

/** What a file pointer carries; small, for Zapier takes 12,000 bytes. */
export interface Picture {
  readonly url: string;
  readonly task_id: string;
  /** From 1; 0 is the grid or the single image. */
  readonly number: number;
  /** What it is when it is no picture. */
  readonly media?: 'video' | 'audio' | undefined;
  readonly file_name: string;
}

/** How large a picture may be and how long it may take. */
export interface Limits {
  readonly bytes: number;
  readonly milliseconds: number;
}

/** Answers of picture hosts to a link whose time is over. */
const GONE: readonly number[] = [403, 404, 410];

const pictureSchema = zod.object({
  url: zod.url({ protocol: /^https?$/ }),
  task_id: zod.string(),
  number: zod.int().check(zod.gte(0)),
  media: zod.optional(zod.enum(['video', 'audio'])),
  file_name: zod.string().check(zod.minLength(1)),
});

/** One download, its limits, and the signal that ends it. */
interface Download {
  readonly z: ZObject;
  readonly connection: Connection;
  readonly picture: Picture;
  readonly limits: Limits;
  readonly signal: AbortSignal;
}

const LATER = 'Run the step again in a few minutes.';

const unreachable = (z: ZObject, url: string): Error =>
  failed(
    z,
    `The picture could not be loaded from ${new URL(url).host}. ${LATER}`,
    'picture_unreachable',
  );

const tooLarge = ({ z, limits }: Download): Error =>
  halted(
    z,
    `The picture is larger than ${limits.bytes / 1_000_000} MB, which is more than Zapier passes on. Map its URL instead of its file.`,
  );

async function request({ z, signal }: Download, url: string) {
  // Core hands `signal` on to node-fetch, though its types lack it.
  const options = { url, raw: true, skipThrowForStatus: true, signal } as const;
  try {
    return await z.request(options);
  } catch {
    throw unreachable(z, url);
  }
}

function linkOf(task: Task | undefined, { number, media }: Picture): string | undefined {
  if (media) {
    return media === 'video' ? task?.videoUrl : task?.audioUrl;
  }
  return number === 0 ? task?.imageUrl : task?.imageUrls[number - 1];
}

/** The picture's link as the service has it now; '' when it has none, or the same. */
async function freshUrl({ z, connection, picture }: Download): Promise<string> {
  const task = await readTaskOf(z, connection, picture.task_id);
  const url = encodeCurlies(linkOf(task, picture) ?? '');
  return url === picture.url ? '' : url;
}

/** The answer to the picture's link or, when that has expired, to a fresh one. */
async function answerOf(download: Download) {
  const { z, connection, picture } = download;
  const first = await request(download, picture.url);
  if (!GONE.includes(first.status)) {
    return { url: picture.url, response: first };
  }
  const url = await freshUrl(download);
  const second = url === '' ? undefined : await request(download, url);
  if (!second || GONE.includes(second.status)) {
    throw halted(
      z,
      `The picture's link has expired; ${connection.service.label} keeps results about ${connection.service.keeps.results}. Run the Midjourney task again, and save its pictures in the Zap that Task Finished starts.`,
    );
  }
  return { url, response: second };
}

/** What arrives, as long as it is not too much: a header may be missing, or wrong. */
async function* limited(
  download: Download,
  url: string,
  body: AsyncIterable<string | Buffer>,
): AsyncGenerator<string | Buffer> {
  let left = download.limits.bytes;
  try {
    for await (const chunk of body) {
      left -= Buffer.byteLength(chunk);
      if (left < 0) {
        break;
      }
      yield chunk;
    }
  } catch {
    throw unreachable(download.z, url);
  }
  if (left < 0) {
    throw tooLarge(download);
  }
}

async function save(download: Download): Promise<string> {
  const { z, picture, limits } = download;
  const { url, response } = await answerOf(download);
  const { status, body } = response;
  const type = response.getHeader('content-type');
  if (status < 200 || status >= 300) {
    throw failed(
      z,
      `${new URL(url).host} did not give the picture (HTTP ${status}). ${LATER}`,
      'picture_refused',
      status,
    );
  }
  if (/^text\/html\b/i.test(type ?? '')) {
    throw failed(
      z,
      `The link to the picture answered with a web page of ${new URL(url).host} instead of a picture. Open the link in a browser to see what it says.`,
      'no_picture',
    );
  }
  if (Number(response.getHeader('content-length')) > limits.bytes) {
    throw tooLarge(download);
  }
  // Core measures the stream, so a wrong Content-Length is harmless.
  const content = Readable.from(limited(download, url, body), { objectMode: false });
  return await z.stashFile(content, undefined, picture.file_name, type);
}

/**
 * The hydrator, within these limits. It sends no key itself: `middleware.ts` adds that at the
 * service's own origin alone, and follows no redirect from there.
 */
export const downloadWithin = (limits: Limits) =>
  guarded(async (z: ZObject, bundle: Pick<Bundle, 'authData' | 'inputData'>): Promise<string> => {
    const { data: picture } = zod.safeParse(pictureSchema, bundle.inputData);
    if (!picture) {
      throw failed(
        z,
        'This integration cannot read the file that was mapped. Map the file of the earlier step again.',
        'no_picture',
      );
    }
    const connection = readConnection(z, bundle.authData);
    const end = new AbortController();
    const download = { z, connection, picture, limits, signal: end.signal };
    try {
      return await inTime(limits.milliseconds, save(download));
    } catch (error) {
      if (!(error instanceof Late)) {
        throw error;
      }
      throw failed(z, `The picture did not arrive in time. ${LATER}`, 'picture_late');
    } finally {
      // An answer that nobody reads to its end keeps its connection open.
      end.abort();
    }
  });
