import { readFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { createAppTester } from 'zapier-platform-core';
import authentication from '../authentication.ts';
import app from '../index.ts';
import { definition, everyInputField, everyStep, named } from './support/definition.ts';
import { differences } from './support/key_paths.ts';
import { wrongTypes } from './support/wrong_types.ts';

const SMALL_WORDS = new Set('a an and as at by for from in of on or per the to up with'.split(' '));
const BRANDS = /midjourney|pi\s?api|zapier/i;
const SNAKE_CASE = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
const ISO_WITH_OFFSET = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)$/;

const isTitleCase = (label: string): boolean =>
  label
    .split(' ')
    .every((word, place) => /^\(?[A-Z0-9]/.test(word) || (place > 0 && SMALL_WORDS.has(word)));

/** A Markdown text without its links and its code. */
const outsideLinks = (markdown: string): string =>
  markdown.replace(/`[^`]*`/g, '').replace(/\[[^\]]*\]\([^)]*\)/g, '');

const repeated = (keys: readonly string[]): string[] =>
  keys.filter((key, place) => keys.indexOf(key) !== place);

test('there are triggers, creates and input fields to check', () => {
  expect(named('triggers').length).toBeGreaterThan(0);
  expect(named('creates').length).toBeGreaterThan(0);
  expect(everyInputField.length).toBeGreaterThan(0);
});

describe.each(everyStep)('%s', (name, step) => {
  const { key, display, operation } = step;
  const { inputFields, outputFields, sample } = operation;

  test('its key is snake_case and the one it is listed under', () => {
    expect(key).toMatch(SNAKE_CASE);
    expect(name.endsWith(`.${key}`)).toBe(true);
  });

  test('its label is in Title Case and names no brand', () => {
    expect(isTitleCase(display.label)).toBe(true);
    expect(`${display.label} ${step.noun}`).not.toMatch(BRANDS);
  });

  test('its description is at most four plain sentences', () => {
    expect(display.description).toMatch(/^[A-Z].+[^.]\.$/);
    expect(display.description.match(/\.(?= |$)/g)?.length).toBeLessThanOrEqual(4);
    expect(display.description.length).toBeLessThanOrEqual(1000);
    expect(display.description).not.toBe(display.label);
    expect(outsideLinks(display.description)).not.toMatch(/https?:\/\//);
  });

  test('its fields have keys of their own and groups that exist', () => {
    expect(repeated(inputFields.map((field) => field.key))).toEqual([]);
    expect(repeated(outputFields.map((field) => field.key))).toEqual([]);
    const groups = operation.inputFieldGroups?.map((group) => group.key) ?? [];
    const used = inputFields.flatMap(({ group }) => group ?? []);
    expect(groups).toEqual(expect.arrayContaining(used));
  });

  test('its output fields are labelled in Title Case', () => {
    const odd = outputFields.filter(({ label }) => !isTitleCase(label) || BRANDS.test(label));
    expect(odd).toEqual([]);
  });

  test('its sample and its output fields match both ways', () => {
    expect(
      differences(
        Object(operation.sample),
        outputFields.map(({ key }) => key),
      ),
    ).toEqual([]);
  });

  test('its sample has values of the types of its output fields', () => {
    expect(wrongTypes(sample, outputFields)).toEqual([]);
  });

  test('its sample has an id, and dates in ISO 8601 with offset', () => {
    expect(sample.id).toMatch(/\S/);
    const times = outputFields.filter(({ type }) => type === 'datetime').map((field) => field.key);
    for (const [root, value] of Object.entries(sample)) {
      if (times.includes(root) || (typeof value === 'string' && /^\d{4}-\d\d/.test(value))) {
        expect(value ?? '2026-03-12T09:14:02+00:00').toMatch(ISO_WITH_OFFSET);
      }
    }
  });
});

test('a value of another type is found', () => {
  const fields = [
    { key: 'at', type: 'datetime' },
    { key: 'images[]file', type: 'file' },
  ];

  expect(wrongTypes({ at: '', images: [{ file: '' }, { file: null }] }, fields)).toEqual([
    'at: "" is no datetime',
    'images[]file: "" is no file',
  ]);
  expect(wrongTypes({ at: '2026-03-12T09:14:02Z', images: [] }, fields)).toEqual([]);
});

test('no two steps of a kind have the same label', () => {
  for (const kind of ['triggers', 'creates', 'searches'] as const) {
    expect(repeated(named(kind).map(([, step]) => step.display.label))).toEqual([]);
  }
});

test.each(named('triggers'))('%s is described as "Triggers when …."', (_name, { display }) => {
  expect(display.description).toMatch(/^Triggers when .+\.$/);
});

const hooks = named('triggers').filter(([, { operation }]) => operation.type === 'hook');

describe.each(hooks)('%s', (_name, { operation }) => {
  test('is never static', () => {
    for (const part of ['perform', 'performList', 'performSubscribe', 'performUnsubscribe']) {
      expect(operation[part]).toEqual(expect.any(Function));
    }
    expect(operation).not.toHaveProperty('throttle');
  });
});

test.each([...named('creates'), ...named('searches')])(
  '%s is described by a sentence that begins with a verb',
  (_name, { display, operation }) => {
    expect(display.description).toMatch(/^[A-Z][a-z]+s .+\.$/);
    expect(operation.perform).toEqual(expect.any(Function));
  },
);

test('every search has an input field', () => {
  for (const [, { operation }] of named('searches')) {
    expect(operation.inputFields.length).toBeGreaterThan(0);
  }
});

const connectionFields = definition.authentication.fields.map(
  (field) => [`authentication.${field.key}`, field] as const,
);

describe.each([...everyInputField, ...connectionFields])('%s', (_name, field) => {
  const { key, label, helpText, type } = field;

  test('has a snake_case key and a label in Title Case', () => {
    expect(key).toMatch(SNAKE_CASE);
    expect(isTitleCase(label)).toBe(true);
    expect(label).not.toMatch(BRANDS);
  });

  test('has a help text that adds to its label', () => {
    expect(helpText).toMatch(/^.+[.]$/s);
    expect(helpText.length).toBeLessThanOrEqual(1000);
    expect(helpText.replace(/\.$/, '').toLowerCase()).not.toBe(label.toLowerCase());
    expect(outsideLinks(helpText)).not.toMatch(/https?:\/\//);
  });

  test('shows an example when it is typed', () => {
    const typed = type === 'string' || type === 'text' || type === 'integer' || type === 'number';
    if (typed && field.choices === undefined) {
      expect(helpText).toMatch(/`[^`]+`/);
    }
  });

  test('has a default only as text, and never as a list', () => {
    expect(field.default ?? 'none').toMatch(/\S/);
    expect(field.list === true && field.default !== undefined).toBe(false);
  });
});

test.each(everyInputField)('%s does not ask for a credential', (_name, { key, label, type }) => {
  expect(type).not.toBe('password');
  expect(`${key} ${label}`).not.toMatch(/key|secret|token|password|credential/i);
});

describe('the connection', () => {
  const label = (inputData: Record<string, unknown>) =>
    createAppTester(app)(authentication.connectionLabel, {
      authData: { api_key: 'key-0123456789' },
      inputData,
    });

  test('hides its key while it is typed', () => {
    const { fields } = definition.authentication;
    expect(fields.find(({ key }) => key === 'api_key')).toMatchObject({ type: 'password' });
  });

  test('is labelled with the account, never with its key', async () => {
    expect(await label({ name: 'Studio North', plan: 'pro' })).toBe('Studio North (pro)');
    expect(await label({ name: 'Studio North', plan: '' })).toBe('Studio North');
    expect(await label({ name: '', plan: '', api_key: 'key-0123456789' })).toBe('Account');
  });
});

test('what a step cannot do without is required in the editor', () => {
  const required = Object.values({ ...definition.creates, ...definition.searches }).map(
    ({ key, operation }) => [
      key,
      operation.inputFields.filter((field) => field.required === true).map((field) => field.key),
    ],
  );

  expect(Object.fromEntries(required)).toEqual({
    imagine: ['prompt'],
    upscale: ['origin_task_id', 'index'],
    variation: ['origin_task_id', 'index'],
    reroll: ['origin_task_id'],
    describe: ['image_url'],
    blend: ['image_urls'],
    seed: ['origin_task_id'],
    pan: ['origin_task_id', 'direction'],
    outpaint: ['origin_task_id', 'zoom_ratio'],
    inpaint: ['origin_task_id'],
    remix: ['origin_task_id', 'prompt'],
    enhance: ['origin_task_id'],
    retexture: ['image_url', 'prompt'],
    remove_background: ['image_url'],
    shorten: ['prompt'],
    video: [],
    extend_video: ['origin_task_id', 'index'],
    upscale_video: ['origin_task_id', 'index'],
    create_video: ['model'],
    create_image: ['model'],
    create_audio: ['model'],
    create_3d_model: ['model'],
    edit_media: ['model'],
    run_task: ['model', 'task_type', 'input'],
    cancel_task: ['task_id'],
    find_task: [],
    find_tasks: [],
    get_account: [],
  });
});

describe('docs/listing', () => {
  const page = readFileSync('docs/listing/README.md', 'utf8');
  const textOf = (field: string): string =>
    new RegExp(`^\\| ${field} +\\| (.+?) +\\|$`, 'm').exec(page)?.[1] ?? '';

  test('has a title without a verb in front, and a description of 40 to 140 characters', () => {
    expect(textOf('Title')).toMatch(/^\S.{1,30}$/);
    expect(textOf('Description')).toMatch(/^[A-Z].{38,138}\.$/);
    expect(textOf('Description')).not.toMatch(/zapier|integration/i);
    expect(textOf('Category')).not.toBe('');
    expect(textOf('Intended audience')).not.toBe('');
    expect(textOf('Role')).not.toBe('');
  });

  test('has an icon of 256 by 256 with nothing behind it, as a drawing and as a PNG', () => {
    const icon = PNG.sync.read(readFileSync('docs/listing/icon.png'));

    expect([icon.width, icon.height]).toEqual([256, 256]);
    // The corner is transparent, the middle is not.
    expect(icon.data[3]).toBe(0);
    expect(icon.data[4 * (128 * 256 + 128) + 3]).toBe(255);
    expect(readFileSync('docs/listing/icon.svg', 'utf8')).toContain('viewBox="0 0 256 256"');
  });
});
