import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The order of the rooms: each may import only from those below it. */
const LEVELS: readonly (readonly string[])[] = [
  ['sandbox', 'demo', 'editor', 'recipes', 'relay', 'scripts'],
  ['index.ts'],
  ['authentication.ts', 'middleware.ts', 'hydrators.ts'],
  ['triggers', 'creates', 'searches'],
  ['tasks'],
  ['fields', 'output'],
  ['delivery'],
  ['services'],
  ['midjourney'],
];

/** Every room may use these; they use nothing but the domain. */
const SHARED = 'errors';

const ROOT = path.resolve(import.meta.dirname, '..');

interface Import {
  /** Relative to the root, as `delivery/direct/fan_out.ts`. */
  readonly from: string;
  readonly to: string;
}

const filesOf = (room: string): string[] =>
  room.endsWith('.ts')
    ? [room]
    : readdirSync(path.join(ROOT, room), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
        .map((name) => path.join(room, name));

const FROM = /\bfrom '([^']+)'|\bimport\('([^']+)'\)/g;

const importsOf = (from: string): Import[] =>
  [...readFileSync(path.join(ROOT, from), 'utf8').matchAll(FROM)].map(([, first, second = '']) => {
    const to = first ?? second;
    return { from, to: to.startsWith('.') ? path.join(path.dirname(from), to) : to };
  });

const ROOMS = [...LEVELS.flat(), SHARED];
const FILES = ROOMS.flatMap(filesOf);
const IMPORTS = FILES.flatMap(importsOf);

const roomOf = (file: string): string => file.split(path.sep)[0] ?? '';
const levelOf = (file: string): number => LEVELS.findIndex((rooms) => rooms.includes(roomOf(file)));

const written = (some: readonly Import[]): string[] =>
  some.map(({ from, to }) => `${from} imports ${to}`);

test('the search finds the files and their imports', () => {
  expect(written(IMPORTS)).toEqual(
    expect.arrayContaining([
      'creates/imagine.ts imports tasks/task_create.ts',
      'delivery/delivery_for.ts imports delivery/direct/direct_delivery.ts',
      'relay/api/callbacks.ts imports services/services.ts',
    ]),
  );
});

test('imports between rooms point one way', () => {
  const backwards = IMPORTS.filter(
    ({ from, to }) =>
      roomOf(from) !== roomOf(to) &&
      levelOf(to) !== -1 &&
      (roomOf(from) === SHARED
        ? roomOf(to) !== 'midjourney'
        : levelOf(from) > 0 && levelOf(to) <= levelOf(from)),
  );
  expect(written(backwards)).toEqual([]);
});

test('only delivery/delivery_for.ts imports the implementations of delivery', () => {
  const IMPLEMENTATION = /^delivery\/(direct|relayed)\//;
  const outside = IMPORTS.filter(
    ({ from, to }) => IMPLEMENTATION.test(to) && !IMPLEMENTATION.test(from),
  );
  expect(new Set(outside.map(({ from }) => from))).toEqual(new Set(['delivery/delivery_for.ts']));

  const across = IMPORTS.filter(
    ({ from, to }) =>
      IMPLEMENTATION.test(from) &&
      IMPLEMENTATION.test(to) &&
      IMPLEMENTATION.exec(from)?.[1] !== IMPLEMENTATION.exec(to)?.[1],
  );
  expect(written(across)).toEqual([]);
});

test('midjourney/ imports neither Zapier nor HTTP, and does not mention Zapier', () => {
  const foreign = IMPORTS.filter(
    ({ from, to }) => roomOf(from) === 'midjourney' && /^zapier|^node:https?$|^undici/.test(to),
  );
  expect(written(foreign)).toEqual([]);
  const words = filesOf('midjourney').filter((file) =>
    /zapier|\bzap\b/i.test(readFileSync(path.join(ROOT, file), 'utf8')),
  );
  expect(words).toEqual([]);
});

test('the parameters of a webhook URL are named in one file', () => {
  const NAMED =
    /['"`](forwarded|quiet|ping|resume|group_size)['"`=]|\.(set|get|has)\('(reference|secret|service|group)'/;
  const elsewhere = FILES.filter(
    (file) =>
      file !== 'delivery/webhook_url.ts' && NAMED.test(readFileSync(path.join(ROOT, file), 'utf8')),
  );
  expect(elsewhere).toEqual([]);
});
