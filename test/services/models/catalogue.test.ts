import { readFileSync } from 'node:fs';
import * as zod from 'zod/mini';
import { modelHelp } from '../../../fields/model_help.ts';
import { modelSchema } from '../../../fields/model_schema.ts';
import { APIFRAME } from '../../../services/apiframe.ts';
import { entriesIn } from '../../../services/models/catalogue.ts';
import { PIAPI_UNIFIED } from '../../../services/piapi_unified.ts';
import { catalogueSchema, fieldWordsSchema } from './catalogue_schema.ts';

const read = (name: string): unknown =>
  JSON.parse(
    readFileSync(new URL(`../../../services/models/${name}.json`, import.meta.url), 'utf8'),
  );

describe.each([PIAPI_UNIFIED, APIFRAME])('$name', (service) => {
  const { models, rows } = catalogueSchema.parse(read(service.key));
  const entries = service.models?.() ?? [];

  test('each model of the list has a form, and each form is of a model of the list', () => {
    expect(new Set(rows.flatMap((row) => row.models))).toEqual(new Set(Object.keys(models)));
  });

  test('a model has each of its tasks once', () => {
    const pairs = entries.map(({ model, task }) => `${model} ${task}`);
    expect(pairs).toEqual([...new Set(pairs)]);
  });

  test('conditions and groups name fields of the form', () => {
    const wrong = entries.flatMap(({ model, fields, either = [] }) => {
      const keys = fields.map(({ key }) => key);
      return [...fields.flatMap(({ when = {} }) => Object.keys(when)), ...either.flat()]
        .filter((key) => !keys.includes(key))
        .map((key) => `${model} ${key}`);
    });
    expect(wrong).toEqual([]);
  });

  test('of two fields with one key a choice of another field shows one', () => {
    const both = entries.flatMap(({ model, fields }) =>
      fields
        .filter(({ key, when = {} }, index) =>
          fields
            .slice(index + 1)
            .filter((other) => other.key === key)
            .some(
              (other) =>
                !Object.entries(other.when ?? {}).some(([name, values]) => {
                  const own = when[name];
                  return (
                    Array.isArray(own) &&
                    Array.isArray(values) &&
                    !own.some((one) => values.includes(one))
                  );
                }),
            ),
        )
        .map(({ key }) => `${model} ${key}`),
    );
    expect(both).toEqual([]);
  });

  test('each example is taken by its field, also where that is guessed', () => {
    const refused = entries.flatMap(({ model, task, fields }) =>
      fields
        .flatMap((field) => [field, ...(field.children ?? [])])
        .filter(({ children }) => !children)
        .flatMap(({ unsure: _, ...field }) =>
          [...modelHelp(field).matchAll(/`([^`]+)`/g)]
            .filter(([, example]) => !zod.safeParse(modelSchema(field), example).success)
            .map(([example]) => `${model} ${task} ${field.key} ${example}`),
        ),
    );
    expect(refused).toEqual([]);
  });

  test('each field has words of its own', () => {
    const words = fieldWordsSchema.parse(read('fields'));
    const bare = entries.flatMap(({ fields }) =>
      fields
        .flatMap((field) => [field, ...(field.children ?? [])])
        .filter(({ key, label, help }) => label === key || help === '')
        .map(({ key }) => key),
    );
    expect(bare).toEqual([]);
    expect(Object.keys(words).length).toBeGreaterThan(200);
  });
});

test('a field without words of its own, and a model without a label, are shown by their keys', () => {
  const [entry] = entriesIn(
    {
      models: {},
      rows: [
        {
          models: ['fox-1'],
          tasks: { run: 'Run' },
          kind: 'image',
          gives: ['image_url'],
          fields: [
            { key: 'fur', type: 'integer', min: 3, max: 9 },
            { key: 'tail', type: 'string' },
          ],
        },
      ],
    },
    { fur: { label: 'Fur', help: 'How much, for example `1`.' } },
  );

  expect(entry).toMatchObject({ model: 'fox-1', modelLabel: 'fox-1' });
  expect(entry?.fields).toEqual([
    {
      key: 'fur',
      type: 'integer',
      min: 3,
      max: 9,
      label: 'Fur',
      help: 'How much, for example `3`.',
    },
    { key: 'tail', type: 'string', label: 'tail', help: '' },
  ]);
});
