import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { z as zod } from 'zod';
import { EACH_SERVICE } from './support/each_service.ts';
import { placesFor } from './support/places.ts';
import { EDITS, RESTYLE } from './support/restyle.ts';

/**
 * "Adding an operation" in CONTRIBUTING.md, done by the list in a copy of the project: then all is
 * well there, and without any one of its places it is not.
 */
const run = promisify(execFile);
const ROOT = path.resolve('.');
const MINUTES = 60_000;

let folder: string;
let copy: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'contributing-'));
  copy = path.join(folder, 'copy');
  const isLeftBehind = /^(\.git|node_modules|coverage|build|dist|pictures)$/;
  await cp(ROOT, copy, {
    recursive: true,
    filter: (source) => !isLeftBehind.test(path.relative(ROOT, source)),
  });
  await symlink(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
  for (const place of await placesFor(RESTYLE)) {
    await edit(place);
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const original = (place: string) => readFile(path.join(ROOT, place), 'utf8').catch(() => '');

/** Does in the copy what CONTRIBUTING.md says of this file. */
async function edit(place: string): Promise<void> {
  const change = EDITS[place];
  if (!change) {
    throw new Error(`CONTRIBUTING.md lists ${place}. Add its edit to test/support/restyle.ts.`);
  }
  await writeFile(path.join(copy, place), change(await original(place)));
}

/** Takes the edit back. */
async function leaveOut(place: string): Promise<void> {
  const content = await original(place);
  await (content
    ? writeFile(path.join(copy, place), content)
    : rm(path.join(copy, place), { force: true }));
}

/** Runs a program in the copy; `output` is all that it printed. */
async function inCopy(file: string, args: readonly string[]) {
  try {
    const { stdout, stderr } = await run(file, args, { cwd: copy, timeout: 3 * MINUTES });
    return { passed: true, output: stdout + stderr };
  } catch (error) {
    const { stdout, stderr } = zod
      .object({ stdout: zod.string(), stderr: zod.string() })
      .parse(error);
    return { passed: false, output: stdout + stderr };
  }
}

const types = () => inCopy(path.join('node_modules', '.bin', 'tsc'), []);

const runJest = (...args: readonly string[]) =>
  inCopy(process.execPath, [
    path.join('node_modules', 'jest', 'bin', 'jest.js'),
    `--cacheDirectory=${path.join(folder, 'cache')}`,
    '--maxWorkers=2',
    ...args,
  ]);

/** Starts the operation at each service, and waits for its webhook. */
const conformance = () => runJest('--verbose', 'test/services/conformance.test.ts', '-t', RESTYLE);

const docs = () => runJest('test/docs.test.ts');

/** The titles of the tests that passed. */
const passedIn = (output: string): string[] =>
  [...output.matchAll(/^\s*✓ (.*?)(?: \(\d+ m?s\))?$/gm)].map(([, title = '']) => title);

/** What holds every operation to the same. */
const RULES = [
  'test/contributing.test.ts',
  'test/docs.test.ts',
  'test/public_surface.test.ts',
  'test/publishing_rules.test.ts',
  'test/rooms.test.ts',
  'test/fields/service_fields.test.ts',
  'test/creates/operations.test.ts',
  'test/output/task_output.test.ts',
];

test('the page lists the files that the throw-away operation needs, and no others', async () => {
  const places = await placesFor(RESTYLE);

  expect(places).toEqual(Object.keys(EDITS));
  expect(places).toEqual(Object.keys(NOTICED));
});

describe('with every place of the list done', () => {
  test('types pass', async () => {
    expect(await types()).toEqual({ passed: true, output: '' });
  });

  test(
    'the rules for steps and pages are kept',
    async () => {
      expect(await runJest('--silent', ...RULES)).toMatchObject({ passed: true });
    },
    4 * MINUTES,
  );

  test(
    'the step starts a task at each service, and its webhook reaches a Zap',
    async () => {
      const { passed, output } = await conformance();

      expect({ passed, output }).toMatchObject({ passed: true });
      expect(passedIn(output)).toEqual(
        EACH_SERVICE.flatMap(({ key }) =>
          key === 'apiframe'
            ? [expect.stringMatching(/^restyle, which the service does not offer, is refused\b/)]
            : [
                expect.stringMatching(/^restyle starts its task\b/),
                expect.stringMatching(/\brestyle is the same in the trigger\b/),
              ],
        ),
      );
    },
    4 * MINUTES,
  );
});

/** Where it is noticed that a place was left out, and what is said there. */
const NOTICED: Readonly<Record<string, { by: () => ReturnType<typeof runJest>; words: string }>> = {
  'midjourney/operations.ts': { by: types, words: `'"restyle"' is not assignable to type` },
  'creates/restyle.ts': { by: types, words: "Cannot find module './creates/restyle.ts'" },
  'index.ts': { by: types, words: 'index.ts(' },
  'services/piapi.ts': {
    by: docs,
    words: 'restyle at piapi_v2: docs/services.md has \\"progress on request\\"',
  },
  'services/legnext_endpoints.ts': {
    by: docs,
    words: 'restyle at legnext: docs/services.md has \\"end\\"',
  },
  'sandbox/piapi/operations.ts': {
    by: conformance,
    words: 'the sandbox has no POST /mj/v2/restyle',
  },
  'sandbox/legnext/operations.ts': {
    by: conformance,
    words: 'the sandbox has no POST /api/v1/restyle',
  },
  'test/support/parents.ts': { by: types, words: 'test/support/parents.ts(' },
  'test/publishing_rules.test.ts': {
    by: () => runJest('test/publishing_rules.test.ts', '-t', 'required in the editor'),
    words: 'test/publishing_rules.test.ts',
  },
  'test/public_surface.json': {
    by: () => runJest('test/public_surface.test.ts'),
    words: 'add it to test/public_surface.json',
  },
  'docs/services.md': {
    by: docs,
    words: 'restyle at piapi_v2: docs/services.md has \\"no cell\\"',
  },
  'README.md': {
    by: docs,
    words: 'README.md has no row for Restyle',
  },
  'CHANGELOG.md': {
    by: docs,
    words: 'CHANGELOG.md does not name Restyle',
  },
};

describe('with one place left out', () => {
  test.each(Object.entries(NOTICED))(
    '%s is asked for',
    async (place, { by, words }) => {
      await leaveOut(place);
      const { passed, output } = await by();
      await edit(place);

      expect(passed).toBe(false);
      expect(output).toContain(words);
    },
    4 * MINUTES,
  );
});

test(
  'left out at every service, the step is refused everywhere, and a test says so',
  async () => {
    const rows = ['services/piapi.ts', 'services/legnext_endpoints.ts'];
    await Promise.all(rows.map(leaveOut));
    const { output: refusals } = await conformance();
    const { passed, output } = await runJest('test/contributing.test.ts');
    await Promise.all(rows.map(edit));

    expect(passedIn(refusals)).toEqual(
      EACH_SERVICE.map(() => expect.stringMatching(/^restyle, .+ not offer, is refused\b/)),
    );
    expect(passed).toBe(false);
    expect(output).toContain('restyle: no file in services/ has it');
  },
  4 * MINUTES,
);
