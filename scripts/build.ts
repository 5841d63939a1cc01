import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import packageJson from '../package.json' with { type: 'json' };

/**
 * Bundles the app as Zapier runs it, into dist/. What is imported only when it is needed stays in files
 * of its own, so that a start does not read it.
 */

const ROOT = path.resolve(import.meta.dirname, '..');
const dist = path.join(ROOT, 'dist');

/** Of package.json, the app needs its version alone. */
const onlyVersion: Plugin = {
  name: 'only-version',
  setup: ({ onLoad }) => {
    const contents = JSON.stringify({ version: packageJson.version });
    onLoad({ filter: /package\.json$/ }, () => ({ contents, loader: 'json' }));
  },
};

await rm(dist, { recursive: true, force: true });
await build({
  entryPoints: [path.join(ROOT, 'index.ts')],
  outdir: dist,
  bundle: true,
  splitting: true,
  chunkNames: '[name]-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node22',
  minify: true,
  external: ['zapier-platform-core'],
  logLevel: 'warning',
  plugins: [onlyVersion],
  // The library that reads PNGs is CommonJS, and asks for modules of Node.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
});

// Read when a model is used, and on one line each, for the zip is to be small.
const models = path.join(ROOT, 'services', 'models');
for (const file of (await readdir(models)).filter((name) => name.endsWith('.json'))) {
  const content: unknown = JSON.parse(await readFile(path.join(models, file), 'utf8'));
  await writeFile(path.join(dist, file), JSON.stringify(content));
}
