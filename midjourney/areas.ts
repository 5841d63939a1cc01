import type { PictureSize } from './picture_size.ts';

/** A part of a picture: its top left corner and its size, in percent of the picture or in pixels. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly unit: '%' | 'px';
}

/**
 * `25, 10, 50, 30` in percent, or `250, 100, 500, 300 px`: left, top, width, height. Undefined for
 * any other text, and for percents that lie outside the picture.
 */
export function areaIn(text: string): Area | undefined {
  const numbers = text
    .replace(/%|px/gi, ' ')
    .trim()
    .split(/[\s,x×]+/)
    .map((part) => (/^\d+(\.\d+)?$/.test(part) ? Number(part) : Number.NaN));
  const [left = 0, top = 0, width = 0, height = 0] = numbers;
  const unit = /px/i.test(text) ? 'px' : '%';
  const isInside = unit === 'px' || (left < 100 && top < 100 && width <= 100 && height <= 100);
  return numbers.length === 4 && numbers.every(Number.isFinite) && width * height > 0 && isInside
    ? { left, top, width, height, unit }
    : undefined;
}

/**
 * The corners of an area in pixels, as x and y in turn, clockwise from the top left. What reaches
 * over the edge of the picture is cut off.
 */
export function cornersOf(area: Area, size: PictureSize): number[] {
  const pixels = (value: number, side: number): number =>
    Math.min(side, Math.round(area.unit === '%' ? (value * side) / 100 : value));
  const left = pixels(area.left, size.width);
  const right = pixels(area.left + area.width, size.width);
  const top = pixels(area.top, size.height);
  const bottom = pixels(area.top + area.height, size.height);
  return [left, top, right, top, right, bottom, left, bottom];
}

/** Whether nothing of an area is in the picture. */
export function isOutside(area: Area, size: PictureSize): boolean {
  const [left, top, right, , , bottom] = cornersOf(area, size);
  return left === right || top === bottom;
}
