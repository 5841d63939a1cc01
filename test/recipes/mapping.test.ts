import { filled, mappingsIn, valueAt } from '../../recipes/mapping.ts';

const OUTPUTS = [
  { id: 'rec1', ready: false },
  {
    image: 'grid.png',
    count: 4,
    actions: ['upscale1', 'reroll'],
    tasks: [
      { id: 'a', images: [{ file: 'a1' }, { file: 'a2' }] },
      { id: 'b', images: [] },
      { id: 'c', images: [{ file: 'c1' }] },
    ],
  },
];

test.each([
  ['a value that stands alone keeps its type', '{{1.count}}', 4],
  ['a no stays a no', '{{0.ready}}', false],
  [
    'within a text it becomes text',
    '{{0.id}}: {{1.count}} of {{1.actions}}',
    'rec1: 4 of upscale1,reroll',
  ],
  ['what does not exist is empty in a text', 'Seed {{1.seed}}.', 'Seed .'],
  ['a list is mapped whole', '{{1.actions}}', ['upscale1', 'reroll']],
  ['line items give one value each', '{{1.tasks[].id}}', ['a', 'b', 'c']],
  ['line items of line items give one list', '{{1.tasks[].images[].file}}', ['a1', 'a2', 'c1']],
  [
    'a list takes in values and lists',
    ['{{1.image}}', '{{1.tasks[].id}}'],
    ['grid.png', 'a', 'b', 'c'],
  ],
  ['a list leaves out what is empty', ['{{1.nothing}}', 'x', '{{1.tasks[].none}}'], ['x']],
  ['a literal is itself', true, true],
  ['braces of a pattern are no mapping', '[0-9a-f]{8}(-x){3}', '[0-9a-f]{8}(-x){3}'],
])('%s', (_, value, result) => {
  expect(filled(value, OUTPUTS)).toEqual(result);
});

test('mappings are found in texts and lists, each with whether it is the whole value', () => {
  expect(mappingsIn(['{{1.tasks[].id}}', 'Row {{0.id}}', 7])).toEqual([
    { step: 1, path: 'tasks[].id', alone: true },
    { step: 0, path: 'id', alone: false },
  ]);
});

test('a value that is not a list has no items', () => {
  expect(valueAt({ tasks: 'none' }, 'tasks[].id')).toEqual([]);
  expect(valueAt('text', 'id')).toBeUndefined();
});
