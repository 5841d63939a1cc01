import { areaIn, cornersOf, isOutside } from '../../midjourney/areas.ts';
import { pngSize } from '../../midjourney/picture_size.ts';

const area = (
  left: number,
  top: number,
  width: number,
  height: number,
  unit: '%' | 'px' = '%',
) => ({
  ...{ left, top, width, height, unit },
});

test.each([
  ['25, 10, 50, 30', area(25, 10, 50, 30)],
  ['25,10,50,30', area(25, 10, 50, 30)],
  [' 25% 10% 50% 30.5% ', area(25, 10, 50, 30.5)],
  ['0, 0, 100, 100', area(0, 0, 100, 100)],
  ['250, 100, 500, 300 px', area(250, 100, 500, 300, 'px')],
  ['250px 100px 500 x 300px', area(250, 100, 500, 300, 'px')],
])('%j is an area', (text, expected) => {
  expect(areaIn(text)).toEqual(expected);
});

test.each([
  ['the hat'],
  ['25, 10, 50'],
  ['25, 10, 50, 30, 1'],
  ['25, 10, 0, 30'],
  ['100, 10, 50, 30'],
  ['25, 10, 150, 30'],
  ['-5, 10, 50, 30'],
  ['left, 10, 50, 30'],
  [''],
])('%j is none', (text) => {
  expect(areaIn(text)).toBeUndefined();
});

const SIZE = { width: 1000, height: 600 };

test('its corners go clockwise from the top left, within the picture', () => {
  expect(cornersOf(area(10, 10, 20, 50), SIZE)).toEqual([100, 60, 300, 60, 300, 360, 100, 360]);
  expect(cornersOf(area(900, 500, 200, 200, 'px'), SIZE)).toEqual([
    ...[900, 500, 1000, 500, 1000, 600, 900, 600],
  ]);
});

test.each([
  [area(1000, 0, 5, 5, 'px'), true],
  [area(0, 600, 5, 5, 'px'), true],
  [area(999, 599, 5, 5, 'px'), false],
])('%j lies outside: %s', (one, expected) => {
  expect(isOutside(one, SIZE)).toBe(expected);
});

test('the size of a PNG is in its first bytes, and no other file has one', () => {
  const start = Buffer.alloc(24);
  start.set([0x89, 0x50, 0x4e, 0x47]);
  start.writeUInt32BE(1456, 16);
  start.writeUInt32BE(816, 20);

  expect(pngSize(start)).toEqual({ width: 1456, height: 816 });
  expect(pngSize(start.subarray(0, 23))).toBeUndefined();
  expect(pngSize(Buffer.from('<html>an error page</html>'))).toBeUndefined();
});
