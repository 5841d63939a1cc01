import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { unzipSync } from 'fflate';
import { makeSourceZip } from 'zapier-platform-cli/src/utils/build.js';
import packageJson from '../package.json' with { type: 'json' };
import relayJson from '../relay/package.json' with { type: 'json' };
import { buildZip, builtApp } from './zapier_zip.ts';

/**
 * Writes the two zips that `zapier-platform upload` sends: build/build.zip, which Zapier runs, and
 * build/source.zip, which `zapier-platform pull` brings back. Fails when something is missing in
 * them or does not belong there. `--checks` validates at Zapier first, as a push does.
 */

const ROOT = path.resolve(import.meta.dirname, '..');
const BUILD = path.join(ROOT, 'build');

const OURS_ALONE = Object.keys({ ...packageJson.devDependencies, ...relayJson.dependencies });

const APP = ['zapierwrapper.js', 'definition.json', 'package.json'];

const isOfApp = (file: string): boolean =>
  APP.includes(file) ||
  /^dist\/[\w-]+\.js(on)?$/.test(file) ||
  (file.startsWith('node_modules/') &&
    !OURS_ALONE.some((name) => file.startsWith(`node_modules/${name}/`)));

const isOfSource = (file: string): boolean =>
  !/^(node_modules|build|dist|coverage)\/|(^|\/)(\.env|\.zapierapprc)$/.test(file);

/** What is wrong with a zip in build/, after a line that says how large it is. */
async function inspect(name: string, needed: readonly string[], belongs: typeof isOfApp) {
  const zip = await readFile(path.join(BUILD, name));
  const files = Object.keys(unzipSync(zip));
  process.stdout.write(
    `build/${name}: ${files.length} files, ${Math.round(zip.length / 1024)} kB\n`,
  );
  return [
    ...needed.filter((file) => !files.includes(file)).map((file) => `missing in ${name}: ${file}`),
    ...files.filter((file) => !belongs(file)).map((file) => `does not belong in ${name}: ${file}`),
  ];
}

/**
 * Both zips; an older build must not be taken for this one when something fails.
 * @returns the files of the built app
 */
async function writeZips(checks: boolean): Promise<string[]> {
  const app = await builtApp();
  await rm(BUILD, { recursive: true, force: true });
  await mkdir(BUILD);
  await writeFile(path.join(BUILD, 'build.zip'), await buildZip(app, { checks }));
  await makeSourceZip(ROOT, path.join(BUILD, 'source.zip'));
  return [...app.keys()].map((file) => `dist/${file}`);
}

try {
  const { values } = parseArgs({ options: { checks: { type: 'boolean', default: false } } });
  const built = await writeZips(values.checks);
  const problems = [
    ...(await inspect('build.zip', [...APP, ...built], isOfApp)),
    ...(await inspect('source.zip', ['package.json', 'package-lock.json', 'index.ts'], isOfSource)),
  ];
  if (problems.length > 0) {
    throw new Error(problems.join('\n'));
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
