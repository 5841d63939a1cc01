import * as zod from 'zod/mini';
import { areas } from '../../fields/area_fields.ts';
import { readInput } from '../../fields/read_input.ts';

const schema = zod.object({ areas });

const hat = { left: 35, top: 5, width: 30, height: 20, unit: '%' };
const scarf = { left: 100, top: 200, width: 300, height: 40, unit: 'px' };

test.each([
  [['35, 5, 30, 20', '100, 200, 300, 40 px']],
  ['35, 5, 30, 20\n100, 200, 300, 40 px\n'],
  ['35 5 30 20; 100 200 300 40 px'],
  [['35%, 5%, 30%, 20%', '', null, '100px 200px 300px 40px']],
])('%j is two areas', (value) => {
  expect(readInput(schema, { areas: value }).input?.areas).toEqual([hat, scarf]);
});

test.each([['the hat'], [['35, 5, 30, 20', 'the scarf']], ['35, 5, 30'], [[7]], [true]])(
  '%j is refused with how to write them',
  (value) => {
    expect(readInput(schema, { areas: value }).problems).toEqual([
      'Areas: Write left, top, width, height in percent of the picture, for example 25, 10, 50, 30, each area in a line of its own.',
    ]);
  },
);

test('none are none', () => {
  expect(readInput(schema, { areas: '' }).input).toEqual({});
});
