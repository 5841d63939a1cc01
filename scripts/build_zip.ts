import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { unzipSync } from 'fflate';
import packageJson from '../package.json' with { type: 'json' };
import relayJson from '../relay/package.json' with { type: 'json' };
import { buildZip, builtApp } from './zapier_zip.ts';

/** Builds the zip and looks into it: the app is there, and nothing that only we need. */

const zip = await buildZip(await builtApp());
const files = Object.keys(unzipSync(zip));

const missing = ['zapierwrapper.js', 'definition.json', 'package.json', 'dist/index.js'].filter(
  (file) => !files.includes(file),
);
const unwanted = files.filter(
  (file) =>
    /^(sandbox|demo|recipes|relay|test|scripts|docs|coverage)\//.test(file) ||
    Object.keys({ ...packageJson.devDependencies, ...relayJson.dependencies }).some((name) =>
      file.startsWith(`node_modules/${name}/`),
    ),
);

const output = path.resolve(import.meta.dirname, '..', 'build', 'build.zip');
await mkdir(path.dirname(output), { recursive: true });
await writeFile(output, zip);

const verdict = [
  `build/build.zip: ${files.length} files, ${Math.round(zip.length / 1024)} kB`,
  ...missing.map((file) => `missing: ${file}`),
  ...unwanted.map((file) => `does not belong in it: ${file}`),
];
process.stdout.write(`${verdict.join('\n')}\n`);
process.exitCode = missing.length + unwanted.length === 0 ? 0 : 1;
