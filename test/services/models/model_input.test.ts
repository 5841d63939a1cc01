import fc from 'fast-check';
import { wireSchema } from '../../../sandbox/service/wire_schema.ts';
import type { ModelEntry, ModelField } from '../../../services/models/model_entry.ts';
import { modelInput, pathOf } from '../../../services/models/model_input.ts';
import { holds } from '../../support/holds.ts';

const field = (key: string, more: Partial<ModelField> = {}): ModelField => ({
  ...{ key, type: 'string', label: key, help: 'Any.' },
  ...more,
});

const entry = (fields: readonly ModelField[], more: Partial<ModelEntry> = {}): ModelEntry => ({
  ...{ model: 'fox', modelLabel: 'Fox', task: 'run', taskLabel: 'Run', kind: 'image' },
  ...{ gives: ['image_url'], fields },
  ...more,
});

const inputOf = (form: ModelEntry, values: Readonly<Record<string, unknown>>) =>
  modelInput(form, new Map(Object.entries(values)));

test('dots lead into objects, numbers into lists', () => {
  const form = entry([
    field('settings.0.left'),
    field('settings.0.top'),
    field('camera.config.pan'),
  ]);
  expect(
    inputOf(form, { 'settings.0.left': 5, 'settings.0.top': 0, 'camera.config.pan': 2 }),
  ).toEqual({
    settings: [{ left: 5, top: 0 }],
    camera: { config: { pan: 2 } },
  });
});

test('what no field has is not sent, nor what was left empty', () => {
  expect(inputOf(entry([field('prompt'), field('seed')]), { prompt: 'fox', other: 1 })).toEqual({
    prompt: 'fox',
  });
});

test('all but the prompt goes into the object of parameters', () => {
  const form = entry([field('prompt'), field('ratio')], { params: 'foxParams' });
  expect(inputOf(form, { prompt: 'fox', ratio: '1:1' })).toEqual({
    prompt: 'fox',
    foxParams: { ratio: '1:1' },
  });
  expect(inputOf(form, { prompt: 'fox' })).toEqual({ prompt: 'fox' });
  expect(inputOf({ ...form, needsParams: true }, { prompt: 'fox' })).toEqual({
    prompt: 'fox',
    foxParams: {},
  });
});

test('each link of a list goes into an object where the service wants that', () => {
  const form = entry([field('elements', { type: 'file', list: true, item: 'image_url' })]);
  expect(inputOf(form, { elements: ['a', 'b'] })).toEqual({
    elements: [{ image_url: 'a' }, { image_url: 'b' }],
  });
});

test('a fixed part of an object is sent only beside another part of it', () => {
  const form = entry([field('prompt'), field('camera.config.pan')], {
    fixed: { version: '1.6', 'camera.type': 'simple' },
  });
  expect(inputOf(form, { prompt: 'fox' })).toEqual({ prompt: 'fox', version: '1.6' });
  expect(inputOf(form, { 'camera.config.pan': 1 })).toEqual({
    version: '1.6',
    camera: { config: { pan: 1 }, type: 'simple' },
  });
});

const name = fc.stringMatching(/^[a-z]{1,6}$/);
const keys = fc.uniqueArray(
  fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.')),
  {
    minLength: 1,
    maxLength: 6,
    // A key that is the object of another is in no catalogue.
    comparator: (a, b) => a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`),
  },
);

const at = (body: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => Object(inner)[key], body);

test('whatever the keys, each value is where its key says, and the sandbox takes all of them', () => {
  const placed = fc.property(keys, fc.boolean(), (names, hasParams) => {
    const form = entry(
      names.map((key) => field(key)),
      hasParams ? { params: 'params' } : {},
    );
    const input = inputOf(form, Object.fromEntries(names.map((key) => [key, key])));
    for (const key of names) {
      expect(at(input, pathOf(key, form))).toBe(key);
    }
    expect(wireSchema(form).safeParse(input).success).toBe(true);
    expect(wireSchema(form).safeParse({ ...input, unknown: 1 }).success).toBe(false);
  });
  holds(placed);
});

test('the sandbox refuses a range, a list, a length and a type; of what is guessed the type alone', () => {
  const form = (more: Partial<ModelField>) =>
    wireSchema(
      entry([
        field('n', { type: 'integer', min: 1, max: 4, ...more }),
        field('mode', { choices: ['std', 'pro'], ...more }),
        field('words', { max_length: 3, ...more }),
      ]),
    );
  const wrong = [{ n: 5 }, { mode: 'turbo' }, { words: 'four' }];
  expect(wrong.map((input) => form({}).safeParse(input).success)).toEqual([false, false, false]);
  expect(wrong.map((input) => form({ unsure: '' }).safeParse(input).success)).toEqual([
    true,
    true,
    true,
  ]);
  expect(form({ unsure: '' }).safeParse({ n: 'five' }).success).toBe(false);
});
