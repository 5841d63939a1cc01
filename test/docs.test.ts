import { access, readFile } from 'node:fs/promises';
import { ALL_OPERATIONS, EACH_SERVICE } from './support/each_service.ts';

/** What a page says for each way of reporting. */
const WORDS = {
  nothing: '–',
  end: 'end',
  'progress on request': 'progress',
  'progress always': 'progress, unasked',
} as const;

/** The cells of the table row that begins with this name. */
const cellsOf = (page: string, name: string): string[] =>
  page
    .split('\n')
    .filter((line) => line.startsWith(`| \`${name}\` `))
    .flatMap((line) => line.split('|').slice(2, -1))
    .map((cell) => cell.trim());

test('docs/services.md says of each operation what each service says of itself', async () => {
  const page = await readFile('docs/services.md', 'utf8');
  const told = ALL_OPERATIONS.map((operation) => [operation, cellsOf(page, operation)]);
  const expected = ALL_OPERATIONS.map((operation) => [
    operation,
    EACH_SERVICE.map(({ service }) => {
      const reports = service.operations[operation]?.reports;
      return reports ? WORDS[reports] : '';
    }),
  ]);

  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(expected));
});

test('docs/services.md says where a task can be canceled', async () => {
  const page = await readFile('docs/services.md', 'utf8');

  expect(cellsOf(page, 'cancel_task').map((cell) => cell !== '')).toEqual(
    EACH_SERVICE.map(({ service }) => service.cancelRequest !== undefined),
  );
});

test.each([
  'README.md',
  'docs/services.md',
  'docs/relay.md',
  'docs/architecture.md',
  'docs/deployment.md',
  'docs/first-zap.md',
])('what %s links to in this project is there', async (file) => {
  const page = await readFile(file, 'utf8');
  const folder = file.includes('/') ? 'docs/' : '';
  const links = [...page.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link ?? '');
  const missing: string[] = [];
  for (const link of links) {
    await access(folder + link).catch(() => missing.push(link));
  }

  expect(missing).toEqual([]);
});
