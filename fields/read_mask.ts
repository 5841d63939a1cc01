import type { ZObject } from 'zapier-platform-core';
import { inTime, Late } from '../errors/in_time.ts';
import { encodeCurlies } from '../services/curlies.ts';
import { inputError } from './checked_input.ts';

const LARGEST_BYTES = 10_000_000;
const TIMEOUT_MILLISECONDS = 8_000;

const problem = (z: ZObject, sentence: string): Error => inputError(z, [`Mask: ${sentence}`]);

/** Why the file did not come. node-fetch says by a type when it has more bytes than allowed. */
function reasonOf(error: unknown, url: string): string {
  const { host } = new URL(url);
  if (error instanceof Late) {
    return `${host} did not give the file within ${TIMEOUT_MILLISECONDS / 1000} seconds. Choose a smaller PNG, or one from another place.`;
  }
  return error instanceof Error && 'type' in error && error.type === 'max-size'
    ? 'The file is larger than 10 MB. Choose a smaller PNG.'
    : `${host} could not be reached. Check the link, or choose a file from another place.`;
}

/**
 * Fetches the mask of an Inpaint.
 * @returns its content in base64
 * @throws why it cannot be used, before anything is started
 */
export async function readMask(z: ZObject, url: string): Promise<string> {
  const fetching = async (): Promise<Buffer> => {
    const response = await z.request({
      url: encodeCurlies(url),
      raw: true,
      skipThrowForStatus: true,
      timeout: TIMEOUT_MILLISECONDS,
      size: LARGEST_BYTES,
    });
    if (response.status !== 200) {
      throw problem(
        z,
        `The link answers with HTTP ${response.status}. Choose a file that can be opened without signing in.`,
      );
    }
    return response.buffer();
  };
  let file: Buffer;
  try {
    file = await inTime(TIMEOUT_MILLISECONDS, fetching());
  } catch (error) {
    if (error instanceof z.errors.HaltedError) {
      throw error;
    }
    throw problem(z, reasonOf(error, url));
  }
  // Every PNG begins with these bytes.
  if (!file.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]))) {
    throw problem(z, 'The file is no PNG. Save the mask as a PNG and choose that file.');
  }
  return file.toString('base64');
}
