/** In pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

const PNG = [0x89, 0x50, 0x4e, 0x47];

/** How much of a file `pngSize` needs. */
export const PNG_START_BYTES = 24;

/** The size of a PNG by the start of its file; undefined for any other file. */
export function pngSize(start: Buffer): PictureSize | undefined {
  return start.length >= PNG_START_BYTES && PNG.every((byte, place) => start[place] === byte)
    ? { width: start.readUInt32BE(16), height: start.readUInt32BE(20) }
    : undefined;
}
