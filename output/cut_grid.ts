import { Buffer } from 'node:buffer';

/** A picture of four: which part of it, in Midjourney's order. */
export type Quarter = 1 | 2 | 3 | 4;

/** RGBA, four bytes a pixel, row by row from the top. */
interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Decoded, this many pixels take 200 MB with what is cut from them; Midjourney's grids have 16 million at the most. */
const MOST_PIXELS = 40_000_000;

/** The grid is no PNG or JPEG, or larger than can be decoded. */
export class CannotCut extends Error {
  override readonly name = 'CannotCut';
}

function quarterIn({ width, height, data }: Pixels, quarter: Quarter): Pixels {
  const size = { width: Math.floor(width / 2), height: Math.floor(height / 2) };
  const left = quarter % 2 === 0 ? width - size.width : 0;
  const top = quarter > 2 ? height - size.height : 0;
  const rows = Array.from({ length: size.height }, (_, row) => {
    const start = 4 * ((top + row) * width + left);
    return data.subarray(start, start + 4 * size.width);
  });
  return { ...size, data: Buffer.concat(rows) };
}

/** Its size is in the first chunk. */
const isPng = (file: Buffer): boolean =>
  file.length > 24 && file.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]));

const isJpeg = (file: Buffer): boolean => file.subarray(0, 2).equals(Buffer.from([0xff, 0xd8]));

async function pixelsOf(file: Buffer): Promise<Pixels> {
  if (isPng(file)) {
    if (file.readUInt32BE(16) * file.readUInt32BE(20) > MOST_PIXELS) {
      throw new CannotCut('too many pixels');
    }
    const { default: png } = await import('pngjs/lib/png-sync.js');
    return png.read(file);
  }
  if (!isJpeg(file)) {
    throw new CannotCut('neither PNG nor JPEG');
  }
  const { default: decode } = await import('jpeg-js/lib/decoder.js');
  const limits = { maxResolutionInMP: MOST_PIXELS / 1e6, maxMemoryUsageInMB: 512 };
  return decode(file, { useTArray: true, ...limits });
}

/**
 * One of the four pictures of a 2×2 grid as a PNG, pixel by pixel: a JPEG that is written anew would
 * lose a little more. The libraries that do it are loaded only then.
 * @throws CannotCut
 */
export async function cutGrid(file: Buffer, quarter: Quarter): Promise<Buffer> {
  try {
    const pixels = await pixelsOf(file);
    const { default: png } = await import('pngjs/lib/png-sync.js');
    return png.write(quarterIn(pixels, quarter));
  } catch (error) {
    throw error instanceof CannotCut ? error : new CannotCut('not readable');
  }
}
