import { taskLabel } from '../../fields/task_label.ts';
import { aTask } from '../support/tasks.ts';

const NOW = Date.parse('2026-03-12T12:00:00Z');
const label = (known: Parameters<typeof aTask>[0]) => taskLabel(aTask(known), NOW);
const grid = { status: 'finished', imageUrl: 'https://img.example/1.png' } as const;

test.each([
  ['four images that the plan splits', { ...grid, imageUrls: ['a', 'b', 'c', 'd'] }, '4 images'],
  [
    'a grid that can be upscaled',
    { ...grid, actions: ['reroll', 'upscale1', 'upscale2'] },
    '4 images',
  ],
  ['a grid whose follow-ups are not known', grid, '4 images'],
  ['one picture', { ...grid, operation: 'upscale' }, '1 image'],
  [
    'one picture of which the service counts the first',
    { ...grid, actions: ['upscale1'] },
    '1 image',
  ],
  ['one picture in a list', { ...grid, imageUrls: ['a'] }, '1 image'],
  ['a text', { ...grid, imageUrl: '', operation: 'describe' }, 'describe'],
  ['a task that failed', { status: 'failed' } as const, 'failed'],
  ['a task that runs', { status: 'processing' } as const, 'processing'],
])('%s is called what it is', (_, known, expected) => {
  expect(label(known)).toBe(expected);
});

test('a prompt is shortened, and its links and parameters are left out', () => {
  const prompt = `https://example.com/a.png ${'red fox in snow '.repeat(4)} --ar 16:9`;

  expect(label({ ...grid, prompt })).toBe('4 images · red fox in snow red fox in snow red fox…');
});

test.each([
  ['2026-03-12T11:57:10+00:00', '3 min ago'],
  ['2026-03-12T12:00:30+00:00', '0 min ago'],
  ['2026-03-12T11:01:00+00:00', '59 min ago'],
  ['2026-03-12T11:00:00+00:00', '1 h ago'],
  ['2026-03-10T13:00:00+00:00', '47 h ago'],
  ['2026-03-10T12:00:00+00:00', '2 days ago'],
  ['2026-03-09T12:00:00+00:00', '3 days ago'],
])('what ended at %s was %s', (finishedAt, age) => {
  expect(label({ ...grid, finishedAt })).toBe(`4 images · ${age}`);
});
