import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../../relay/package.json' with { type: 'json' };

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What the Dockerfile copies, relative to the root; the last word of a COPY is the destination. */
const COPIED = [...readFileSync(join(ROOT, 'Dockerfile'), 'utf8').matchAll(/^COPY (.+) \S+$/gm)]
  .flatMap(([, sources = '']) => sources.split(' '))
  .filter((source) => !source.startsWith('--'));

const isCopied = (file: string): boolean =>
  COPIED.some((source) => file === source || file.startsWith(`${source}/`));

/** Node drops `import type` when it runs a file; `import { type … }` still loads its module. */
const IMPORT =
  /^(?:import|export)\s(?!type\s)(?:[^'";]*?\sfrom\s)?\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

interface Import {
  readonly from: string;
  readonly of: string;
}

/** Everything that a file imports, directly and indirectly, and from where. */
function importsOf(entry: string): readonly Import[] {
  const seen = new Set([entry]);
  const found: Import[] = [];
  for (const file of seen) {
    if (!file.endsWith('.ts')) {
      continue;
    }
    for (const [, first, second] of readFileSync(join(ROOT, file), 'utf8').matchAll(IMPORT)) {
      const specifier = first ?? second ?? '';
      const isOwn = specifier.startsWith('.');
      const of = isOwn ? relative(ROOT, join(ROOT, dirname(file), specifier)) : specifier;
      found.push({ from: file, of });
      if (isOwn) {
        seen.add(of);
      }
    }
  }
  return found;
}

const imports = importsOf('relay/main.ts');
const own = imports.filter(({ of }) => existsSync(join(ROOT, of)));
const packages = imports.filter(({ of }) => !of.endsWith('.ts') && !of.endsWith('.json'));

const listed = (some: readonly Import[]): string[] => some.map(({ from, of }) => `${from}: ${of}`);

test('the search finds the folders of the relay and those that it shares with the app', () => {
  const files = own.map(({ of }) => of);

  expect(files).toEqual(
    expect.arrayContaining([
      'relay/api/callbacks.ts',
      'delivery/read_webhook.ts',
      'services/legnext.ts',
      'midjourney/compose_prompt.ts',
    ]),
  );
  expect(COPIED).toEqual(expect.arrayContaining(['delivery', 'midjourney', 'services', 'relay']));
});

test('every file that the relay loads exists and is copied into its image', () => {
  const missing = imports.filter(
    ({ of }) => /\.(ts|json)$/.test(of) && !(own.some((one) => one.of === of) && isCopied(of)),
  );

  expect(listed(missing)).toEqual([]);
});

test('none of these files loads a package that only the Zapier app has', () => {
  expect(listed(packages.filter(({ of }) => of.startsWith('zapier-platform')))).toEqual([]);
});

test('every package that these files load is installed in the image', () => {
  const installed = Object.keys(packageJson.dependencies);
  const foreign = packages.filter(
    ({ of }) =>
      !of.startsWith('node:') &&
      !installed.some((name) => of === name || of.startsWith(`${name}/`)),
  );

  expect(listed(foreign)).toEqual([]);
});
