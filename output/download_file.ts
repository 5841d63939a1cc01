import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Bundle, ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { failed, guarded, halted } from '../errors/errors.ts';
import { inTime, Late } from '../errors/in_time.ts';
import { readConnection } from '../services/connection.ts';
import { CannotCut, cutGrid, type Quarter } from './cut_grid.ts';
import { insteadByContent, insteadOfFile, noFile } from './no_file.ts';
import {
  openPicture,
  type PictureRequest,
  pictureSchema,
  RETRY_LATER,
  unreachable,
} from './open_picture.ts';

/** How large a picture may be and how long it may take. */
export interface Limits {
  readonly bytes: number;
  readonly milliseconds: number;
}

interface Download extends PictureRequest {
  readonly limits: Limits;
}

const tooLarge = ({ z, limits }: Download): Error =>
  halted(
    z,
    `The picture is larger than ${limits.bytes / 1_000_000} MB, which is more than Zapier passes on. Map its URL instead of its file.`,
  );

/** The content, up to the limit: Content-Length may be missing, or wrong, and so may be the type. */
async function* limited(
  download: Download,
  url: string,
  body: AsyncIterable<string | Buffer>,
): AsyncGenerator<string | Buffer> {
  const { z, picture, limits } = download;
  let received = 0;
  let instead: ReturnType<typeof insteadByContent>;
  try {
    for await (const chunk of body) {
      instead = received === 0 ? insteadByContent(Buffer.from(chunk), picture.media) : undefined;
      received += Buffer.byteLength(chunk);
      if (instead || received > limits.bytes) {
        break;
      }
      yield chunk;
    }
  } catch {
    throw unreachable(z, url);
  }
  if (received > limits.bytes) {
    throw tooLarge(download);
  }
  if (instead || received === 0) {
    throw noFile(z, url, instead ?? 'nothing');
  }
}

/** One of the four pictures of a grid, where the service gives only that. */
async function saveQuarter(
  { z, picture }: Download,
  content: Readable,
  quarter: Quarter,
): Promise<string> {
  try {
    const cut = await cutGrid(await buffer(content), quarter);
    return await z.stashFile(cut, cut.length, picture.file_name.replace(/\.\w+$/, '.png'));
  } catch (error) {
    if (!(error instanceof CannotCut)) {
      throw error;
    }
    throw halted(
      z,
      'The four pictures cannot be cut from this grid: it is no PNG or JPEG, or too large. Map Image, which is the whole grid, or upscale the one that you want.',
    );
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
      `${new URL(url).host} did not give the picture (HTTP ${status}). ${RETRY_LATER}`,
      'picture_refused',
      status,
    );
  }
  const instead = insteadOfFile(type ?? '', picture.media);
  if (instead) {
    throw noFile(z, url, instead);
  }
  if (Number(response.getHeader('content-length')) > limits.bytes) {
    throw tooLarge(download);
  }
  // Core measures the stream, so a wrong Content-Length is harmless.
  const content = Readable.from(limited(download, url, body), { objectMode: false });
  return picture.quarter
    ? await saveQuarter(download, content, picture.quarter)
    : await z.stashFile(content, undefined, picture.file_name, type);
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
      throw failed(z, `The picture did not arrive in time. ${RETRY_LATER}`, 'picture_late');
    } finally {
      // An answer that nobody reads to its end keeps its connection open.
      end.abort();
    }
  });

/** The hydrator. Files of Zaps go up to about 120 MB, and Zapier ends a step after 30 s. */
export const downloadPicture = downloadWithin({ bytes: 120_000_000, milliseconds: 25_000 });
