import { createHash } from 'node:crypto';
import { PNG } from 'pngjs';

type Colour = readonly [red: number, green: number, blue: number];

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How to draw one image file. */
export interface Drawing {
  /** What the pictures are made from: one fills the image, four make a grid of two by two. */
  readonly pictures: readonly string[];
  readonly size: Size;
  /** Percent; below 100 the image is as coarse as Midjourney's previews. */
  readonly progress: number;
}

/** A PNG that is the same for the same drawing. */
export function drawPng({ pictures, size, progress }: Drawing): Buffer {
  const png = new PNG({ width: size.width, height: size.height });
  const shades = pictures.map(shadeOf);
  const tiles = pictures.length > 1 ? 2 : 1;
  const block = progress >= 100 ? 1 : 2 + Math.round((100 - progress) / 4);
  for (let y = 0; y < size.height; y += 1) {
    for (let x = 0; x < size.width; x += 1) {
      const across = (tiles * (x - (x % block))) / size.width;
      const down = (tiles * (y - (y % block))) / size.height;
      const shade = shades[Math.floor(down) * tiles + Math.floor(across)];
      const colour = shade?.(across % 1, down % 1) ?? [0, 0, 0];
      png.data.set([...colour, 255], 4 * (y * size.width + x));
    }
  }
  return PNG.sync.write(png);
}

/** The size of one of a grid's four quarters. */
export function quarterOf(size: Size): Size {
  return {
    width: Math.max(1, Math.floor(size.width / 2)),
    height: Math.max(1, Math.floor(size.height / 2)),
  };
}

/** A tinted gradient with a disc on it; both coordinates run from 0 to 1. */
function shadeOf(picture: string): (across: number, down: number) => Colour {
  const digest = createHash('sha256').update(picture).digest();
  const byte = (index: number) => digest.readUInt8(index) / 255;
  const [hue, discAcross, discDown] = [byte(0), 0.25 + byte(1) / 2, 0.25 + byte(2) / 2];
  const radius = 0.1 + byte(3) / 6;
  return (across, down) => {
    const inside = Math.hypot(across - discAcross, down - discDown) < radius;
    return tint(hue, inside ? 0.9 : 0.25 + (across + down) / 4);
  };
}

/** A colour of this hue (0 to 1, round the wheel) and lightness. */
function tint(hue: number, lightness: number): Colour {
  const strength = Math.min(lightness, 1 - lightness) * 0.8;
  const channel = (offset: number) => {
    const turn = (offset + hue * 12) % 12;
    const level = lightness - strength * Math.max(-1, Math.min(turn - 3, 9 - turn, 1));
    return Math.round(255 * level);
  };
  return [channel(0), channel(8), channel(4)];
}
