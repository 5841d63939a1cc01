import * as zod from 'zod/mini';
import * as followUp from '../../fields/follow_up_fields.ts';
import { readInput } from '../../fields/read_input.ts';

const schema = zod.object({ scale: followUp.scale, index: followUp.imageNumber });
const zoom = zod.object({ zoom_ratio: followUp.zoomRatio });

test.each([
  [2, 2],
  ['1.5', 1.5],
  [' 3 ', 3],
  ['', undefined],
])('the scale %j is %j', (scale, read) => {
  expect(readInput(schema, { scale }).input?.scale).toBe(read);
});

test.each([[1], ['3.1'], ['wide'], ['1,5'], [true], [{}]])(
  'the scale %j is refused with what to enter',
  (scale) => {
    expect(readInput(schema, { scale }).problems).toEqual([
      'Scale: Enter a number from 1.1 to 3, for example 1.5.',
    ]);
  },
);

test('a picture is named by its number, mapped or typed', () => {
  expect(readInput(schema, { index: 2 }).input?.index).toBe('2');
  expect(readInput(schema, { index: '4' }).input?.index).toBe('4');
  expect(readInput(schema, { index: '5' }).problems).toEqual(['Image: Choose one of: 1, 2, 3, 4.']);
});

test.each([
  [1.5, '1.5'],
  ['1.50', '1.5'],
  ['Make square', '1'],
  ['twice', '2'],
  [1.1, '1.1'],
  [' 1.75 ', '1.75'],
  ['1,5', '1.5'],
])('the zoom ratio %j is %j', (zoom_ratio, read) => {
  expect(readInput(zoom, { zoom_ratio }).input?.zoom_ratio).toBe(read);
});

test.each([[1.05], ['2,1'], ['wide'], [true], [undefined]])(
  'the zoom ratio %j is refused with what to enter',
  (zoom_ratio) => {
    expect(readInput(zoom, { zoom_ratio }).problems).toEqual([
      'Zoom Ratio: Choose one of: 1.5, 2, 1, or enter a number from 1.1 to 2.',
    ]);
  },
);
