import fc from 'fast-check';
import * as zod from 'zod/mini';
import { field, inputFieldsOf, optionalField } from '../../fields/input.ts';
import { readInput } from '../../fields/read_input.ts';
import { oneOf, wholeNumber, yesOrNo } from '../../midjourney/values.ts';
import { holds } from '../support/holds.ts';

const schema = zod.object({
  title: field(() => zod.string({ error: 'Write a title.' }), { label: 'Title', type: 'string' }),
  size: optionalField(() => oneOf(['small', 'large']), { label: 'Size', type: 'string' }),
  copies: optionalField(() => wholeNumber(1, 5), { label: 'Copies', type: 'integer' }),
  framed: optionalField(() => yesOrNo(), { label: 'Framed', type: 'boolean' }),
  links: optionalField(() => zod.array(zod.string()), { label: 'Links', type: 'string' }),
  plain: zod.optional(zod.string({ error: 'Only text.' })),
});
const read = (inputData: Record<string, unknown>) => readInput(schema, inputData);

describe('readInput', () => {
  test.each([[''], ['   '], ['\n'], [null], [undefined], [[]]])(
    'a field left empty as %j is absent',
    (empty) => {
      expect(
        read({ title: 'Fox', size: empty, copies: empty, framed: empty, links: empty }),
      ).toEqual({ input: { title: 'Fox' } });
    },
  );

  test('a required field left empty is named by its label', () => {
    expect(read({ title: ' ' })).toEqual({ problems: ['Title: Write a title.'] });
  });

  test('false and 0 are values, not empty fields', () => {
    expect(read({ title: 'Fox', framed: false })).toEqual({
      input: { title: 'Fox', framed: false },
    });
    expect(read({ title: 'Fox', copies: 0 }).problems).toHaveLength(1);
  });

  test('numbers may come as text', () => {
    expect(read({ title: 'Fox', copies: '3' }).input).toEqual({ title: 'Fox', copies: 3 });
    expect(read({ title: 'Fox', copies: 3 }).input).toEqual({ title: 'Fox', copies: 3 });
  });

  test.each([['3.0'], ['3.00'], [' 3 '], ['3'], [3]])(
    '%j is a whole number, as sheets write it',
    (copies) => {
      expect(read({ title: 'Fox', copies }).input).toEqual({ title: 'Fox', copies: 3 });
    },
  );

  test.each([
    ['1,234,567', '1234567'],
    ['1.234.567', '1234567'],
    ['1 234 567', '1234567'],
    ["1'234", '1234'],
    ['250.000', '250000'],
  ])('the separators of %j are named', (seed, digits) => {
    const numbers = zod.object({
      seed: field(() => wholeNumber(0, 4_294_967_295), { label: 'Seed', type: 'integer' }),
    });
    expect(readInput(numbers, { seed }).problems).toEqual([
      `Seed: Write it without separators: ${digits}.`,
    ]);
  });

  test.each([
    ['2.5'],
    [2.5],
    ['many'],
    [0],
    ['6'],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [true],
    [{}],
    [[1]],
  ])('%p is no whole number from 1 to 5', (copies) => {
    expect(read({ title: 'Fox', copies })).toEqual({
      problems: ['Copies: Enter a whole number from 1 to 5.'],
    });
  });

  test.each([
    ['yes', true],
    ['True', true],
    ['1', true],
    ['on', true],
    ['no', false],
    ['FALSE', false],
    ['0', false],
    [true, true],
  ])('%p is read as %p', (framed, expected) => {
    expect(read({ title: 'Fox', framed }).input).toEqual({ title: 'Fox', framed: expected });
  });

  test('a word that is neither yes nor no is refused', () => {
    expect(read({ title: 'Fox', framed: 'perhaps' })).toEqual({
      problems: ['Framed: Choose yes or no.'],
    });
  });

  test('letter case and surrounding spaces of a choice do not matter', () => {
    expect(read({ title: 'Fox', size: ' LARGE ' }).input).toEqual({ title: 'Fox', size: 'large' });
  });

  test.each([['huge'], [3], [{}], ['__proto__'], ['constructor']])('%p is no choice', (size) => {
    expect(read({ title: 'Fox', size })).toEqual({
      problems: ['Size: Choose one of: small, large.'],
    });
  });

  test('every wrong field is named, each once', () => {
    expect(read({ copies: 9, size: 'huge' }).problems).toEqual([
      'Title: Write a title.',
      'Size: Choose one of: small, large.',
      'Copies: Enter a whole number from 1 to 5.',
    ]);
  });

  test('a problem with a field that has no label is still reported', () => {
    expect(read({ title: 'Fox', plain: 5 })).toEqual({ problems: ['Only text.'] });
  });

  test('keys that the step does not have are dropped', () => {
    const inputData: unknown = JSON.parse('{"title":"Fox","__proto__":{"x":1},"constructor":1}');
    const { input } = read(zod.parse(zod.looseObject({}), inputData));
    expect(Object.keys(input ?? {})).toEqual(['title']);
    expect({}).not.toHaveProperty('x');
  });

  test('any values entered give either an input or problems', () => {
    const key = fc.oneof(
      fc.constantFrom(...Object.keys(schema.shape), '__proto__', 'constructor', 'toString'),
      fc.string(),
    );
    holds(
      fc.property(fc.dictionary(key, fc.anything()), (inputData) => {
        const { input, problems } = read(inputData);
        expect(input === undefined).toBe(problems !== undefined && problems.length > 0);
      }),
      500,
    );
  });
});

describe('inputFieldsOf', () => {
  test('the form follows the schema: its keys, their order, what is required, and no more than its fields', () => {
    expect(inputFieldsOf(schema).map(({ key, required }) => [key, required])).toEqual([
      ['title', true],
      ['size', false],
      ['copies', false],
      ['framed', false],
      ['links', false],
    ]);
    expect(inputFieldsOf(schema)[2]).toEqual({
      key: 'copies',
      required: false,
      label: 'Copies',
      type: 'integer',
    });
  });
});
