import fc from 'fast-check';
import { aspectRatioIn } from '../../midjourney/aspect_ratio.ts';
import { holds } from '../support/holds.ts';

test.each([
  ['16:9', '16:9'],
  [' 16x9 ', '16:9'],
  ['16X9', '16:9'],
  ['16 × 9', '16:9'],
  ['16 : 9', '16:9'],
  ['16：9', '16:9'],
  ['16/9', '16:9'],
  ['16:09:00', '16:9'],
  ['9:16:00', '9:16'],
  ['16:09', '16:9'],
  ['4:09:00 PM', '16:9'],
  ['1:01:00 am', '1:1'],
  ['12:05 PM', '12:5'],
  ['32:09', '32:9'],
  ['16.0:9.0', '16:9'],
  ['1.5:1', '3:2'],
  ['1.85:1', '37:20'],
  ['2.39:1', '239:100'],
])('%j is the ratio %s', (text, ratio) => {
  expect(aspectRatioIn(text)).toBe(ratio);
});

test.each([
  ['0:1'],
  ['1:0'],
  ['00:00:00'],
  ['16:'],
  [':9'],
  ['-1:2'],
  ['16:9:4'],
  ['16:9\n--v 6'],
  ['10000:1'],
  ['16 9'],
  ['1234.567:1'],
  ['portrait'],
  [''],
])('%j is none', (text) => {
  expect(aspectRatioIn(text)).toBeUndefined();
});

test('a ratio is as it was, whatever way it is written', () => {
  const side = fc.integer({ min: 1, max: 9_999 });
  const sign = fc.constantFrom(':', 'x', ' : ', '：', '/');
  holds(
    fc.property(side, side, sign, (width, height, between) => {
      expect(aspectRatioIn(`${width}${between}${height}`)).toBe(`${width}:${height}`);
    }),
  );
});
