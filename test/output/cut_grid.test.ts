import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import { CannotCut, cutGrid, type Quarter } from '../../output/cut_grid.ts';

const QUARTERS: readonly Quarter[] = [1, 2, 3, 4];

/** A picture whose pixels all differ, so that one in the wrong place shows. */
function gridOf(width: number, height: number): PNG {
  const png = new PNG({ width, height });
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const [across, down] = [pixel % width, Math.floor(pixel / width)];
    png.data.set([across, down, (across * 7 + down * 13) % 256, 255], pixel * 4);
  }
  return png;
}

/** The same part, taken out by another way than the product's. */
function partOf(grid: PNG, quarter: Quarter): PNG {
  const [width, height] = [Math.floor(grid.width / 2), Math.floor(grid.height / 2)];
  const left = [2, 4].includes(quarter) ? grid.width - width : 0;
  const top = [3, 4].includes(quarter) ? grid.height - height : 0;
  const part = new PNG({ width, height });
  PNG.bitblt(grid, part, left, top, width, height, 0, 0);
  return part;
}

describe.each([
  [64, 48],
  [33, 21],
])('a PNG of %d by %d', (width, height) => {
  test.each(QUARTERS)('is cut to quarter %d, pixel by pixel', async (quarter) => {
    const grid = gridOf(width, height);
    const cut = PNG.sync.read(await cutGrid(PNG.sync.write(grid), quarter));
    const part = partOf(grid, quarter);

    expect([cut.width, cut.height]).toEqual([part.width, part.height]);
    expect(cut.data.equals(part.data)).toBe(true);
  });
});

test.each(QUARTERS)('a JPEG is cut to quarter %d, in its own colour', async (quarter) => {
  const colours = [
    [200, 30, 30],
    [30, 200, 30],
    [30, 30, 200],
    [200, 200, 30],
  ];
  const grid = new PNG({ width: 64, height: 64 });
  for (let pixel = 0; pixel < 64 * 64; pixel += 1) {
    const place = (pixel % 64 < 32 ? 0 : 1) + (pixel < 64 * 32 ? 0 : 2);
    grid.data.set([...(colours[place] ?? []), 255], pixel * 4);
  }
  const file = jpeg.encode({ width: 64, height: 64, data: grid.data }, 95).data;
  const cut = PNG.sync.read(await cutGrid(file, quarter));
  const middle = [...cut.data.subarray((16 * 32 + 16) * 4, (16 * 32 + 16) * 4 + 3)];
  const colour = colours[quarter - 1] ?? [];

  expect([cut.width, cut.height]).toEqual([32, 32]);
  expect(middle.every((value, index) => Math.abs(value - (colour[index] ?? 0)) < 12)).toBe(true);
});

/** Only its header, which says its size. */
const headerOf = (width: number, height: number): Buffer => {
  const file = Buffer.from(PNG.sync.write(gridOf(8, 8)));
  file.writeUInt32BE(width, 16);
  file.writeUInt32BE(height, 20);
  return file;
};

test.each([
  ['a WebP', Buffer.from('RIFF....WEBPVP8 ')],
  ['nothing', Buffer.alloc(0)],
  ['a PNG that ends early', PNG.sync.write(gridOf(64, 64)).subarray(0, 200)],
  ['a JPEG that ends early', Buffer.from([0xff, 0xd8, 0xff])],
  ['a PNG that would fill the memory', headerOf(100_000, 100_000)],
])('%s is named as what cannot be cut', async (_, file) => {
  await expect(cutGrid(file, 3)).rejects.toBeInstanceOf(CannotCut);
});
