import type { ZObject } from 'zapier-platform-core';
import { inTime, Late } from '../errors/in_time.ts';
import { encodeCurlies } from '../services/curlies.ts';
import { inputError } from './checked_input.ts';

/** What is fetched, and how much of it at most. */
export interface FileWanted {
  /** Of the field that has the link. */
  readonly label: string;
  readonly url: string;
  readonly bytes: number;
  readonly milliseconds: number;
  /** What to do about one that is too large or too slow, as "Choose a smaller PNG". */
  readonly smaller: string;
}

/** That a file has more bytes than are taken, and what to do. */
export const tooLarge = (bytes: number, smaller: string): string =>
  `The file is larger than ${bytes / 1_000_000} MB. ${smaller}.`;

/** Why the file did not come. node-fetch says by a type when it has more bytes than allowed. */
function reasonOf(error: unknown, { url, bytes, milliseconds, smaller }: FileWanted): string {
  const { host } = new URL(url);
  if (error instanceof Late) {
    return `${host} did not give the file within ${Math.ceil(milliseconds / 1000)} seconds. ${smaller}, or one from another place.`;
  }
  return error instanceof Error && 'type' in error && error.type === 'max-size'
    ? tooLarge(bytes, smaller)
    : `${host} could not be reached. Check the link, or choose a file from another place.`;
}

/**
 * Fetches the file of a field.
 * @throws why it cannot be used, before anything is started
 */
export async function fetchFile(z: ZObject, wanted: FileWanted): Promise<Buffer> {
  const { label, url, bytes, milliseconds } = wanted;
  const fetching = async (): Promise<Buffer> => {
    const response = await z.request({
      url: encodeCurlies(url),
      raw: true,
      skipThrowForStatus: true,
      timeout: milliseconds,
      size: bytes,
    });
    if (response.status !== 200) {
      throw inputError(z, [
        `${label}: The link answers with HTTP ${response.status}. Choose a file that can be opened without signing in.`,
      ]);
    }
    return response.buffer();
  };
  try {
    return await inTime(milliseconds, fetching());
  } catch (error) {
    if (error instanceof z.errors.HaltedError) {
      throw error;
    }
    throw inputError(z, [`${label}: ${reasonOf(error, wanted)}`]);
  }
}
