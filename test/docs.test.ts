import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { definition } from './support/definition.ts';
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
  const wrong = ALL_OPERATIONS.flatMap((operation) => {
    const cells = cellsOf(operation);
    return EACH_SERVICE.flatMap(({ key, service }, place) => {
      const onPage = cells[place] ?? 'no cell';
      const reports = service.operations[operation]?.reports ?? '';
      return onPage === reports
        ? []
        : `${operation} at ${key}: docs/services.md has "${onPage}", its file in services/ "${reports}"`;
    });
  });

  expect(wrong).toEqual([]);
});

test('README.md has a row for every action, and CHANGELOG.md names it', () => {
  const readme = readFileSync('README.md', 'utf8');
  const changelog = readFileSync('CHANGELOG.md', 'utf8');
  const missing = Object.values(definition.creates).flatMap(({ display: { label } }) => [
    ...(readme.includes(`\n| **${label}** `) ? [] : [`README.md has no row for ${label}`]),
    ...(changelog.includes(label) ? [] : [`CHANGELOG.md does not name ${label}`]),
  ]);

  expect(missing).toEqual([]);
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
