import { listedEntries, listedNames } from '../../midjourney/lists.ts';

const A = 'https://a.example/w_300,h_200/a.png';
const B = 'https://b.example/b.png?x=1,2';

test.each([
  [
    [A, '', null, undefined, ' \n', B],
    [A, B],
  ],
  [`${A},${B}`, [A, B]],
  [`${A}\n\n${B}\r\n`, [A, B]],
  [`${A}, ${B},`, [A, B]],
  [[`${A} ${B}`, [A]].flat(), [A, B, A]],
  ['id-1,id-2\nid-3', ['id-1', 'id-2', 'id-3']],
  [7, ['7']],
  [[null], []],
  [null, []],
])('the entries of %j are %j', (value, entries) => {
  expect(listedEntries(value)).toEqual(entries);
});

test.each([
  [
    ['Imagine', '', null, ' Run Any Model '],
    ['Imagine', 'Run Any Model'],
  ],
  ['imagine,upscale', ['imagine', 'upscale']],
  ['Imagine; Run Any Model\nBlend', ['Imagine', 'Run Any Model', 'Blend']],
  [
    ['imagine, upscale', 'seed'],
    ['imagine', 'upscale', 'seed'],
  ],
])('the names of %j are %j', (value, names) => {
  expect(listedNames(value)).toEqual(names);
});

test('what is no text stays, for the field to refuse it', () => {
  expect(listedEntries([{}, true])).toEqual([{}, true]);
});
