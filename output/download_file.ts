import { Readable } from 'node:stream';
import type { Bundle, ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { failed, guarded, halted } from '../errors/errors.ts';
import { inTime, Late } from '../errors/in_time.ts';
import { readConnection } from '../services/connection.ts';
import { openPicture, type PictureRequest, pictureSchema, unreachable } from './open_picture.ts';

/** How large a picture may be and how long it may take. */
export interface Limits {
  readonly bytes: number;
  readonly milliseconds: number;
}

interface Download extends PictureRequest {
  readonly limits: Limits;
}

const LATER = 'Run the step again in a few minutes.';

const tooLarge = ({ z, limits }: Download): Error =>
  halted(
    z,
    `The picture is larger than ${limits.bytes / 1_000_000} MB, which is more than Zapier passes on. Map its URL instead of its file.`,
  );

/** The content, up to the limit: Content-Length may be missing, or wrong. */
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
  const { url, response } = await openPicture(download);
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
