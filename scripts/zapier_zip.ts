import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import packageJson from '../package.json' with { type: 'json' };

const ROOT = path.resolve(import.meta.dirname, '..');

/** The id of the integration on Zapier, which `zapier-platform register` writes. */
const LINK = '.zapierapprc';

/**
 * node-fetch takes these for a method that neither core nor the app calls, where something else of the
 * project brought them, as Zapier's CLI does: a fifth of the zip.
 */
const UNUSED = ['encoding', 'iconv-lite', 'safer-buffer'];

/**
 * The folders of the packages that the app, not the relay, needs at run time, relative to the
 * project. What is in node_modules without being asked for, as `node` leaves its installer there,
 * is not among them.
 */
async function runtimePackages(all: boolean): Promise<string[]> {
  const { stdout } = await promisify(execFile)(
    'npm',
    ['ls', '--omit=dev', '--all', '--parseable', '--long', '--workspaces=false'],
    { cwd: ROOT },
  );
  return stdout
    .split('\n')
    .filter((line) => !line.includes(':EXTRANEOUS'))
    .map((line) => /^(.+?node_modules[^:]+):/.exec(line)?.[1])
    .filter((folder) => folder !== undefined)
    .map((folder) => path.relative(ROOT, folder))
    .filter((folder) => all || !UNUSED.includes(path.basename(folder)));
}

/** The text of each file in dist/, index.js among them. */
export type BuiltApp = ReadonlyMap<string, string>;

/**
 * Runs Zapier's CLI in a folder. All of its output goes to our stderr, errors and warnings included.
 * @returns whether it could do what it was asked
 */
async function runCli(args: readonly string[], folder: string): Promise<boolean> {
  const cli = spawn(path.join(ROOT, 'node_modules', '.bin', 'zapier-platform'), args, {
    cwd: folder,
    stdio: ['ignore', 2, 2],
  });
  const [code] = await once(cli, 'close');
  return code === 0;
}

/** The integration that this folder is linked to, and what goes into the zip besides code. */
async function linkWithData(app: BuiltApp): Promise<object> {
  const file = path.join(ROOT, LINK);
  const link: object = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : {};
  // The CLI takes along what code imports; the catalogues of models are read.
  const data = [...app.keys()].filter((file) => file.endsWith('.json'));
  return { ...link, includeInBuild: data.map((file) => `/dist/${file.replace('.', '[.]')}$`) };
}

/**
 * Builds the zip that Zapier runs, with Zapier's own CLI, in a folder that holds only the built app
 * and its run-time packages. In the project itself the CLI copies all of node_modules at once,
 * development packages included: 36,000 files, which ends in EMFILE with 20,000 allowed. The CLI
 * starts the zip's content once as a self-test and gives it 5 seconds, which a busy machine with a
 * cold disk may miss: where there is a zip all the same, a second attempt decides.
 * @param app the built app, the files of dist/
 * @param options.checks whether the CLI validates the app first as a push does, which asks Zapier's servers
 * @param options.unused whether what the app has no use for is in it as well, as the CLI would have it
 */
export async function buildZip(
  app: BuiltApp,
  { checks = false, unused = false }: { checks?: boolean; unused?: boolean } = {},
): Promise<Uint8Array> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'midjourney-for-zapier-')));
  try {
    const { name, version, type, exports, dependencies } = packageJson;
    await writeFile(
      path.join(folder, 'package.json'),
      JSON.stringify({ name, version, private: true, type, exports, dependencies }),
    );
    await writeFile(path.join(folder, '.gitignore'), 'node_modules/\nbuild/\n');
    await mkdir(path.join(folder, 'dist'));
    for (const [file, code] of app) {
      await writeFile(path.join(folder, 'dist', file), code);
    }
    await writeFile(path.join(folder, LINK), JSON.stringify(await linkWithData(app)));
    for (const location of await runtimePackages(unused)) {
      await cp(path.join(ROOT, location), path.join(folder, location), { recursive: true });
    }
    const flags = ['--skip-dep-install', ...(checks ? [] : ['--skip-validation'])];
    const zip = path.join(folder, 'build', 'build.zip');
    const build = () => runCli(['build', ...flags], folder);
    if (!((await build()) || (existsSync(zip) && (await build())))) {
      throw new Error('zapier-platform could not build the zip; the reason is above.');
    }
    return await readFile(zip);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The built app; `npm run build` makes it. */
export async function builtApp(): Promise<BuiltApp> {
  const dist = path.join(ROOT, 'dist');
  const read = (await readdir(dist)).map(
    async (file) => [file, await readFile(path.join(dist, file), 'utf8')] as const,
  );
  return new Map(await Promise.all(read));
}
