import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z as zod } from 'zod';
import { definition, everyStep } from './support/definition.ts';

/** Everything with a label that users see: fields, groups, choices. */
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

/** The labels that a part of the app shows, by its name: `authentication`, `creates.imagine`, … */
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

/** The quoted words that are not among these labels. */
const unknown = (quoted: readonly string[], labels: readonly string[]): string[] =>
  quoted.filter((words) => !labels.includes(words));

test('every bold word in docs/first-zap.md is a label of the integration', async () => {
  const page = await readFile('docs/first-zap.md', 'utf8');
  // The first is the word "bold" itself, where the page explains it.
  const [, ...bold] = [...page.matchAll(/\*\*(.+?)\*\*/g)].map(([, words]) => words ?? '');

  expect(bold.length).toBeGreaterThan(20);
  expect(unknown(bold, [...shown.values()].flat())).toEqual([]);
});

test('every label in a drawing is a label of the step that it shows', async () => {
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

test('docs/first-zap.md shows every drawing', async () => {
  const page = await readFile('docs/first-zap.md', 'utf8');
  const drawings = (await readdir('docs/images')).filter((file) => file.endsWith('.svg'));

  expect(drawings.filter((file) => !page.includes(`](images/${file})`))).toEqual([]);
});
