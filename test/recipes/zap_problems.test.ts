import app from '../../index.ts';
import { type Template, templateSchema } from '../../recipes/template.ts';
import { zapProblems } from '../../recipes/zap_problems.ts';
import { type Connection, startZapier, type Zapier } from '../../sandbox/zapier/zapier.ts';
import { quietConsole } from '../support/quiet.ts';

quietConsole();

let zapier: Zapier;
let account: Connection;
beforeAll(async () => {
  zapier = await startZapier(app);
  account = zapier.connect({ api_key: 'no-key', base_url: 'http://127.0.0.1:9' });
});
afterAll(() => zapier.stop());

type Zap = Template['zaps'][number];
type Input = Zap['trigger']['input'];

const START: Zap['trigger'] = {
  app: 'google_forms',
  event: 'New Form Response',
  input: {},
  outputs: {
    prompt: 'red fox',
    file: 'https://files.example.com/fox.png',
    rows: [{ id: 'row-1' }],
  },
};

const ours = (action: string, input: Input, kind: 'create' | 'search' = 'create') => ({
  app: 'midjourney',
  action,
  kind,
  input,
});
const slack = (input: Input) => ({
  app: 'slack',
  action: 'Send Channel Message',
  kind: 'create' as const,
  input,
  outputs: {},
});

const imagine = ours('imagine', { prompt: '{{0.prompt}}' });
const upscale = (index: string) => ours('upscale', { origin_task_id: '{{1.task_id}}', index });

const problemsOf = (steps: Zap['steps'], trigger = START) =>
  zapProblems({ title: 'A Zap', trigger, steps }, account);

test('a Zap whose steps fit together has no problems', async () => {
  expect(
    await problemsOf([
      imagine,
      upscale('all'),
      slack({ files: ['{{1.image}}', '{{2.images[].file}}'] }),
    ]),
  ).toEqual([]);
});

test('the line items of Upscale exist only when it enlarges all four', async () => {
  const post = slack({ text: '{{2.tasks[].image_url}}' });

  expect(await problemsOf([imagine, upscale('all'), post])).toEqual([]);
  expect(await problemsOf([imagine, upscale('1'), post])).toEqual([
    '3 slack Send Channel Message: text: {{2.tasks[].image_url}} does not exist',
  ]);
});

test.each<[string, Zap['steps'], string]>([
  ['a step that the app does not have', [ours('paint', {})], 'there is no such step'],
  ['a search that is a create', [ours('imagine', { prompt: 'fox' }, 'search')], 'no such step'],
  [
    'a field that the step does not have',
    [ours('imagine', { prompt: 'fox', size: '1' })],
    'there is no field size',
  ],
  [
    'a required field without a value',
    [ours('upscale', { index: '1' })],
    'origin_task_id is required',
  ],
  [
    'a text where yes or no belongs',
    [ours('imagine', { prompt: 'fox', wait_for_result: 'yes' })],
    'is no boolean',
  ],
  ['a file that is no link', [ours('describe', { image_url: 'fox.png' })], 'is no file'],
  [
    'a word that is no static choice',
    [ours('imagine', { prompt: 'fox', process_mode: 'slow' })],
    'none of its choices',
  ],
  ['a word that is no dynamic choice', [imagine, upscale('5')], 'none of its choices'],
  [
    'a list for a single value',
    [ours('imagine', { prompt: '{{0.rows[].id}}' })],
    'takes one value',
  ],
  ['a single value for a list', [ours('blend', { image_urls: '{{0.file}}' })], 'takes a list'],
  [
    'an output that our step does not give',
    [imagine, slack({ text: '{{1.picture}}' })],
    'does not exist',
  ],
  [
    'an output that is not declared',
    [ours('imagine', { prompt: '{{0.title}}' })],
    'does not exist',
  ],
  ['a line item that is not declared', [slack({ text: '{{0.rows[].title}}' })], 'does not exist'],
  ['a step that comes later', [slack({ text: '{{2.task_id}}' }), imagine], 'does not exist'],
  ['a step itself', [slack({ text: '{{1.ts}}' })], 'does not exist'],
  ['a file within a text', [imagine, slack({ text: 'See {{1.image}}' })], 'is a file'],
  [
    'a file for a field of another kind',
    [imagine, ours('imagine', { prompt: '{{1.image}}' })],
    'is a file',
  ],
])('it finds %s', async (_, steps, sentence) => {
  expect(await problemsOf(steps)).toEqual([expect.stringContaining(sentence)]);
});

test('it checks triggers of this integration like steps', async () => {
  const trigger = {
    app: 'midjourney',
    event: 'task_finished',
    input: { outcome: 'won', operations: ['imagine', 'paint'], minimum_step: 25 },
    outputs: undefined,
  };

  expect(await problemsOf([slack({ text: '{{0.error_kind}} {{0.kind}}' })], trigger)).toEqual([
    '0 midjourney task_finished: outcome: "won" is none of its choices',
    '0 midjourney task_finished: operations: "paint" is none of its choices',
    '0 midjourney task_finished: there is no field minimum_step',
    '1 slack Send Channel Message: text: {{0.kind}} does not exist',
  ]);
});

test('it requires example outputs of other apps, but not of a loop or a filter', async () => {
  const loop = { ...slack({ id: '{{0.rows[].id}}' }), kind: 'loop' as const, outputs: undefined };
  const filter = { ...loop, kind: 'filter' as const };

  expect(await problemsOf([loop, slack({ text: '{{1.id}}' })])).toEqual([]);
  expect(await problemsOf([filter, slack({ text: '{{1.id}}' })])).toHaveLength(1);
  expect(await problemsOf([{ ...loop, kind: 'other' as const }])).toEqual([
    expect.stringContaining('its outputs are not declared'),
  ]);
});

test.each([
  ['no Zap', { zaps: [] }],
  ['an unknown field', { note: 'x' }],
  ['a key in camel case', { key: 'rowToDrive' }],
])('a template with %s is invalid', (_, change) => {
  const template = {
    key: 'row_to_drive',
    title: 'A Template',
    description: 'What it does.',
    zaps: [{ title: 'A Zap', trigger: START, steps: [imagine] }],
  };

  expect(templateSchema.safeParse(template).success).toBe(true);
  expect(templateSchema.safeParse({ ...template, ...change }).success).toBe(false);
});
