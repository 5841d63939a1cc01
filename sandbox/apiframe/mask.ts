import type { Size } from '../service/images.ts';
import { invalid } from './refusals.ts';

const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex');

/**
 * Refuses a mask that is not as large as the picture it belongs to.
 * @param mask base64 of a PNG, also as a data URL
 * @param size pixels of the picture
 * @throws Refusal
 */
export function checkMask(mask: string, { width, height }: Size): void {
  const png = Buffer.from(mask.replace(/^data:[^,]*,/, ''), 'base64');
  // Its first chunk begins with width and height.
  if (png.length < 24 || !png.subarray(0, pngSignature.length).equals(pngSignature)) {
    throw invalid({ mask: ['Invalid PNG'] });
  }
  if (png.readUInt32BE(16) !== width || png.readUInt32BE(20) !== height) {
    throw invalid({ mask: [`Invalid size: expected ${width}x${height} pixels`] });
  }
}
