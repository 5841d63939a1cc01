import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import packageJson from '../package.json' with { type: 'json' };

const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, '..');

/** The folders of the packages that the app, not the relay, needs at run time, relative to the project. */
async function runtimePackages(): Promise<string[]> {
  const { stdout } = await run(
    'npm',
    ['ls', '--omit=dev', '--all', '--parseable', '--workspaces=false'],
    { cwd: ROOT },
  );
  return stdout
    .split('\n')
    .filter((line) => line.includes('node_modules'))
    .map((line) => path.relative(ROOT, line.trim()));
}

/**
 * Builds the zip that Zapier receives, with Zapier's own CLI, from a folder that holds what
 * `zapier-platform push` would install: the built app and its run-time packages. So no package is
 * fetched. The CLI starts the zip's content once as a self-test.
 * @param code the built app, the text of dist/index.js
 */
export async function buildZip(code: string): Promise<Uint8Array> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'midjourney-for-zapier-')));
  try {
    const { name, version, type, exports, dependencies } = packageJson;
    await writeFile(
      path.join(folder, 'package.json'),
      JSON.stringify({ name, version, private: true, type, exports, dependencies }),
    );
    await writeFile(path.join(folder, '.gitignore'), 'node_modules/\nbuild/\n');
    await mkdir(path.join(folder, 'dist'));
    await writeFile(path.join(folder, 'dist', 'index.js'), code);
    for (const location of await runtimePackages()) {
      await cp(path.join(ROOT, location), path.join(folder, location), { recursive: true });
    }
    await run(
      path.join(ROOT, 'node_modules', '.bin', 'zapier-platform'),
      ['build', '--skip-dep-install', '--skip-validation'],
      { cwd: folder },
    );
    return await readFile(path.join(folder, 'build', 'build.zip'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The built app; `npm run build` makes it. */
export const builtApp = (): Promise<string> =>
  readFile(path.join(ROOT, 'dist', 'index.js'), 'utf8');
