import { isReferenceWanted } from '../../delivery/reference.ts';

test.each([
  ['client-a/7', '', true],
  ['client-a/7', undefined, true],
  ['client-a/7', 'client-a/7', true],
  ['client-a/7', 'client-a', false],
  ['client-a/7', 'client-a/*', true],
  ['client-ab/7', 'client-a/*', false],
  ['', 'client-a/*', false],
  ['', '*', true],
  ['a*b', 'a*b', true],
])('of %j the filter %j lets through: %s', (reference, wanted, isWanted) => {
  expect(isReferenceWanted(reference, wanted)).toBe(isWanted);
});
