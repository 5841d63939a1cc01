import type { ZObject } from 'zapier-platform-core';
import { inputError } from './checked_input.ts';
import { fetchFile } from './fetch_file.ts';

const LARGEST_BYTES = 10_000_000;
const TIMEOUT_MILLISECONDS = 8_000;

/**
 * Fetches the mask of an Inpaint.
 * @returns its content in base64
 * @throws why it cannot be used, before anything is started
 */
export async function readMask(z: ZObject, url: string): Promise<string> {
  const file = await fetchFile(z, {
    label: 'Mask',
    url,
    bytes: LARGEST_BYTES,
    milliseconds: TIMEOUT_MILLISECONDS,
    smaller: 'Choose a smaller PNG',
  });
  // Every PNG begins with these bytes.
  if (!file.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]))) {
    throw inputError(z, ['Mask: The file is no PNG. Save the mask as a PNG and choose that file.']);
  }
  return file.toString('base64');
}
