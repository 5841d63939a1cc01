import { access, readFile } from 'node:fs/promises';
import { definition } from './support/definition.ts';
import { ALL_OPERATIONS, EACH_SERVICE } from './support/each_service.ts';

/** The cells of the table row that begins with this name. */
const cellsOf = (page: string, name: string): string[] =>
  page
    .split('\n')
    .filter((line) => line.startsWith(`| \`${name}\` `))
    .flatMap((line) => line.split('|').slice(2, -1))
    .map((cell) => cell.trim());

test('docs/services.md says of each operation which webhooks each service says it sends', async () => {
  const page = await readFile('docs/services.md', 'utf8');
  const wrong = ALL_OPERATIONS.flatMap((operation) => {
    const cells = cellsOf(page, operation);
    return EACH_SERVICE.flatMap(({ key, service }, place) => {
      const written = cells[place] ?? 'no row';
      const reports = service.operations[operation]?.reports ?? '';
      return written === reports
        ? []
        : [
            `${operation} at ${key}: docs/services.md has "${written}", the service's file "${reports}"`,
          ];
    });
  });

  expect(wrong).toEqual([]);
});

test('README.md has a row for every action, and CHANGELOG.md names it', async () => {
  const readme = await readFile('README.md', 'utf8');
  const changelog = await readFile('CHANGELOG.md', 'utf8');
  const missing = Object.values(definition.creates).flatMap(({ display: { label } }) => [
    ...(readme.includes(`\n| **${label}** `) ? [] : [`README.md has no row for ${label}`]),
    ...(changelog.includes(label) ? [] : [`CHANGELOG.md does not name ${label}`]),
  ]);

  expect(missing).toEqual([]);
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
