import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ALL_OPERATIONS, EACH_SERVICE } from './support/each_service.ts';

const pages = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join('docs', name)),
];

const services = readFileSync('docs/services.md', 'utf8');

/** The cells of the table row that begins with this name. */
const cellsOf = (name: string): string[] =>
  services
    .split('\n')
    .filter((line) => line.startsWith(`| \`${name}\` `))
    .flatMap((line) => line.split('|').slice(2, -1))
    .map((cell) => cell.trim());

test('docs/services.md has the right webhooks of each service for each operation', () => {
  const onPage = ALL_OPERATIONS.map((operation) => [operation, cellsOf(operation)]);
  const expected = ALL_OPERATIONS.map((operation) => [
    operation,
    EACH_SERVICE.map(({ service }) => service.operations[operation]?.reports ?? ''),
  ]);

  expect(Object.fromEntries(onPage)).toEqual(Object.fromEntries(expected));
});

test('docs/services.md has the right services that can cancel tasks', () => {
  expect(cellsOf('cancel_task').map((cell) => cell !== '')).toEqual(
    EACH_SERVICE.map(({ service }) => service.cancelRequest !== undefined),
  );
});

test('the pages are found', () => {
  expect(pages).toEqual(
    expect.arrayContaining(['README.md', 'docs/architecture.md', 'docs/templates/README.md']),
  );
});

test.each(pages)('every link of %s to a file of this project works', (page) => {
  const text = readFileSync(page, 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link = '']) => link);

  expect(links.filter((link) => !existsSync(path.join(path.dirname(page), link)))).toEqual([]);
});

test.each(pages)('every file that %s names exists', (page) => {
  const text = readFileSync(page, 'utf8');
  const files = [...text.matchAll(/`((?:[\w.-]+\/)+[\w.-]+\.(?:ts|json|md))`/g)].map(
    ([, file = '']) => file,
  );

  expect(files.filter((file) => !existsSync(file))).toEqual([]);
});
