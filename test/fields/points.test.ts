import fc from 'fast-check';
import * as zod from 'zod/mini';
import { pathsIn } from '../../fields/points.ts';
import { holds } from '../support/holds.ts';

const read = (text: unknown) => zod.safeParse(pathsIn, text);

test('each line is a path of points', () => {
  expect(read('120,80 300,200\n 10 , 10  20,20 ').data).toEqual([
    {
      points: [
        { x: 120, y: 80 },
        { x: 300, y: 200 },
      ],
    },
    {
      points: [
        { x: 10, y: 10 },
        { x: 20, y: 20 },
      ],
    },
  ]);
});

test.each(['120', '120,80,', '-1,5', 'a,b', '1.5,2'])('%j is refused with an example', (text) => {
  expect(read(text).error?.issues[0]?.message).toContain('for example 120,80 300,200');
});

const point = fc.record({ x: fc.nat(9_999), y: fc.nat(9_999) });
const paths = fc.array(fc.array(point, { minLength: 1, maxLength: 5 }), {
  minLength: 1,
  maxLength: 5,
});

test('what is written is what is read, whatever the spaces', () => {
  const written = fc.property(
    paths,
    fc.constantFrom(',', ' , ', ', '),
    fc.constantFrom(' ', '   '),
    (all, comma, gap) => {
      const text = all.map((one) => one.map(({ x, y }) => `${x}${comma}${y}`).join(gap)).join('\n');
      expect(read(text).data).toEqual(all.map((points) => ({ points })));
    },
  );
  holds(written);
});
