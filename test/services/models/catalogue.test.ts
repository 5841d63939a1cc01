import { readFileSync } from 'node:fs';
import { APIFRAME } from '../../../services/apiframe.ts';
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
