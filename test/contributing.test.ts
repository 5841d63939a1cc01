import { access, readdir } from 'node:fs/promises';
import app from '../index.ts';
import { definition } from './support/definition.ts';
import { ALL_OPERATIONS, EACH_SERVICE } from './support/each_service.ts';
import { placesFor } from './support/places.ts';

test('the files that CONTRIBUTING.md lists for an operation are there', async () => {
  const places = await placesFor('reroll');
  const missing: string[] = [];
  for (const place of places) {
    await access(place).catch(() => missing.push(place));
  }

  expect(places).toContain('creates/reroll.ts');
  expect(missing).toEqual([]);
});

test('every file in creates/ is a step of index.ts, and named after its key', async () => {
  const files = await readdir('creates');

  expect(files.sort()).toEqual(
    Object.keys(app.creates)
      .map((key) => `${key}.ts`)
      .sort(),
  );
});

test('every operation is offered by a service', () => {
  const notOffered = ALL_OPERATIONS.filter((operation) =>
    EACH_SERVICE.every(({ service }) => service.operations[operation] === undefined),
  ).map(
    (operation) => `${operation}: no file in services/ has it, so its step is refused everywhere`,
  );

  expect(notOffered).toEqual([]);
});

test('the fields that a service takes for an operation are fields of its step', () => {
  const unknown = EACH_SERVICE.flatMap(({ key, service, offered }) =>
    offered.flatMap((operation) => {
      const inputs = definition.creates[operation]?.operation.inputFields ?? [];
      return (service.operations[operation]?.fields ?? [])
        .filter((field) => !inputs.some((input) => input.key === field))
        .map((field) => `${key} takes ${field}, which creates/${operation}.ts does not have`);
    }),
  );

  expect(unknown).toEqual([]);
});
