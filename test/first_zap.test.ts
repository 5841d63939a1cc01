import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z as zod } from 'zod';
import { definition, everyStep } from './support/definition.ts';

/** Everything with words that people see: fields, groups, choices. */
const labelled = zod.array(
  zod.looseObject({
    label: zod.string(),
    choices: zod.array(zod.object({ label: zod.string() })).catch([]),
  }),
);

const labelsOf = (things: unknown): string[] =>
  labelled
    .parse(things)
    .flatMap(({ label, choices }) => [label, ...choices.map((choice) => choice.label)]);

/** The words that a part of the app shows, by its name: `authentication`, `creates.imagine`, … */
const shown = new Map<string, string[]>([
  ['authentication', labelsOf(definition.authentication.fields)],
  ...everyStep.map(([name, { display, operation }]): [string, string[]] => [
    name,
    [
      display.label,
      ...labelsOf(operation.inputFields),
      ...labelsOf(operation.inputFieldGroups ?? []),
      ...labelsOf(operation.outputFields),
    ],
  ]),
]);

/** Those of the quoted words that are none of these. */
const unknown = (quoted: readonly string[], labels: readonly string[]): string[] =>
  quoted.filter((words) => !labels.includes(words));

test('docs/first-zap.md has in bold only words that the integration shows', async () => {
  const page = await readFile('docs/first-zap.md', 'utf8');
  // The first is the word bold itself, where the page explains it.
  const [, ...bold] = [...page.matchAll(/\*\*(.+?)\*\*/g)].map(([, words]) => words ?? '');

  expect(bold.length).toBeGreaterThan(20);
  expect(unknown(bold, [...shown.values()].flat())).toEqual([]);
});

test('a drawing names only what the step shows that it draws', async () => {
  const wrong: Record<string, string[]> = {};
  let quotes = 0;
  for (const file of await readdir('docs/images')) {
    const drawing = await readFile(path.join('docs/images', file), 'utf8');
    const [, name] = /data-shows="([^"]+)"/.exec(drawing) ?? [];
    const own = [...drawing.matchAll(/class="own"[^>]*>([^<]+)</g)].map(([, words]) => words ?? '');
    wrong[file] = unknown(own, shown.get(name ?? '') ?? []);
    quotes += own.length;
  }

  expect(quotes).toBeGreaterThan(20);
  expect(Object.values(wrong).flat()).toEqual([]);
});

test('every drawing is on the page', async () => {
  const page = await readFile('docs/first-zap.md', 'utf8');
  const drawings = await readdir('docs/images');

  expect(drawings.filter((file) => !page.includes(`](images/${file})`))).toEqual([]);
});
