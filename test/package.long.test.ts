import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { PNG } from 'pngjs';
import { z as zod } from 'zod';
import app from '../index.ts';
import packageJson from '../package.json' with { type: 'json' };
import relayJson from '../relay/package.json' with { type: 'json' };
import { startTarget, type TargetServer } from './support/target_server.ts';

const run = promisify(execFile);

const APP_ID = 314;
const API = '/api/platform/cli';
const UPLOAD = `${API}/apps/${APP_ID}/versions/${packageJson.version}`;

/** The environment without the variables that npm set for this test run. */
const withoutNpm = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

let folder: string;
let clone: string;
let zapier: TargetServer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'package-'));
  clone = path.join(folder, 'clone');
  await run('git', ['clone', '--quiet', '.', clone]);
  // What `npm ci` would install from the same lock file, file by file, without its half a minute and
  // the network. A symbolic link would not do: git ignores node_modules as a folder only.
  await run('cp', ['-a', path.resolve('node_modules'), clone]);
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

const readBuild = (name: string) => readFile(path.join(clone, 'build', name));

/** Runs a script of the clone; `output` is everything that it printed. */
async function npmRun(script: string, env: Record<string, string> = {}) {
  try {
    const { stdout, stderr } = await run('npm', ['run', script], {
      cwd: clone,
      env: { ...withoutNpm(), ...env },
    });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = zod
      .object({ code: zod.number(), stdout: zod.string(), stderr: zod.string() })
      .parse(error);
    return { code, output: stdout + stderr };
  }
}

/** The steps that Zapier would load from the zip's entry point. */
async function stepsOf(zip: Uint8Array) {
  const unzipped = path.join(folder, 'unzipped');
  for (const [name, content] of Object.entries(unzipSync(zip))) {
    await mkdir(path.dirname(path.join(unzipped, name)), { recursive: true });
    await writeFile(path.join(unzipped, name), content);
  }
  const { stdout } = await run(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `const { handler } = await import('./zapierwrapper.js');
       const { results } = await handler({ command: 'definition', calledFromCli: true });
       process.stdout.write(JSON.stringify(results));`,
    ],
    { cwd: unzipped },
  );
  const steps = zod.record(zod.string(), zod.unknown());
  return zod
    .object({ version: zod.string(), triggers: steps, creates: steps, searches: steps })
    .parse(JSON.parse(stdout));
}

describe('npm run package, in a clean clone', () => {
  beforeAll(async () => {
    const { code, output } = await npmRun('package');
    // With its output, so that a failure says its reason.
    expect({ code, output }).toEqual({ code: 0, output });
  }, 240_000);

  it('makes a zip that starts and has every step', async () => {
    const { version, triggers, creates, searches } = await stepsOf(await readBuild('build.zip'));

    expect(version).toBe(packageJson.version);
    expect(Object.keys(triggers)).toEqual(Object.keys(app.triggers));
    expect(Object.keys(creates)).toEqual(Object.keys(app.creates));
    expect(Object.keys(searches)).toEqual(Object.keys(app.searches));
  });

  it('makes a zip that can cut a grid', async () => {
    await stepsOf(await readBuild('build.zip'));
    const png = new PNG({ width: 4, height: 4 });
    png.data.fill(255);
    const { stdout } = await run(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `const [decoder, pngSync] = ['decoder', 'png-sync'].map((start) =>
           process.getBuiltinModule('fs').readdirSync('dist').find((file) => file.startsWith(start)));
         const { default: png } = await import('./dist/' + pngSync);
         const { default: decode } = await import('./dist/' + decoder);
         const { width, height } = png.read(Buffer.from('${PNG.sync.write(png).toString('base64')}', 'base64'));
         process.stdout.write(JSON.stringify([width, height, typeof decode]));`,
      ],
      { cwd: path.join(folder, 'unzipped') },
    );

    expect(JSON.parse(stdout)).toEqual([4, 4, 'function']);
  });

  it.each([
    ['piapi_unified', 'kling-turbo'],
    ['apiframe', 'veo-3.1'],
  ])('makes a zip that has the forms of models: at %s', async (service, model) => {
    await stepsOf(await readBuild('build.zip'));
    const event = {
      command: 'execute',
      calledFromCli: true,
      method: 'creates.create_video.operation.inputFields',
      bundle: { authData: { api_key: 'key-0123456789', service }, inputData: { model } },
    };
    const { stdout } = await run(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `const { default: zapier } = await import('zapier-platform-core');
         const { default: app } = await import('./dist/index.js');
         const { results } = await zapier.createAppHandler(app)(${JSON.stringify(event)});
         process.stdout.write(JSON.stringify(results.map(({ key }) => key)));
         process.exit();`,
      ],
      { cwd: path.join(folder, 'unzipped') },
    );

    expect(JSON.parse(stdout)).toContain('input__prompt');
  });

  it('puts no files for development into it', async () => {
    const files = Object.keys(unzipSync(await readBuild('build.zip')));
    const packages = files.filter((file) => file.startsWith('node_modules/'));
    const { packages: locked } = zod
      .object({ packages: zod.record(zod.string(), zod.object({ dev: zod.boolean().optional() })) })
      .parse(JSON.parse(await readFile('package-lock.json', 'utf8')));
    const isOursAlone = (file: string) => {
      const [, folder = '', name = ''] =
        /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(file) ?? [];
      return (
        (locked[folder]?.dev ?? !locked[folder]) || Object.hasOwn(relayJson.dependencies, name)
      );
    };

    // Chunks are named after what is in them, and by their content.
    const own = files
      .filter((file) => !packages.includes(file))
      .map((file) => file.replace(/-[A-Z0-9]{8}\.js$/, '.js'));
    expect([...new Set(own)].sort()).toEqual([
      'definition.json',
      'dist/apiframe.json',
      'dist/chunk.js',
      'dist/decoder.js',
      'dist/fields.json',
      'dist/index.js',
      'dist/model_step.js',
      'dist/piapi_unified.json',
      'dist/png-sync.js',
      'dist/upload_files.js',
      'package.json',
      'zapierwrapper.js',
    ]);
    expect(packages).not.toEqual([]);
    expect(packages.filter(isOursAlone)).toEqual([]);
  });

  it('makes a source zip of all files in git', async () => {
    const files = Object.keys(unzipSync(await readBuild('source.zip')));
    const { stdout } = await run('git', ['ls-files'], { cwd: clone });

    expect(files.sort()).toEqual(stdout.trim().split('\n').sort());
  });
});

describe('npm run push', () => {
  beforeEach(async () => {
    zapier = await startTarget();
    const app = {
      id: APP_ID,
      title: '',
      description: '',
      app_category: '',
      intention: '',
      role: '',
    };
    zapier.answer({ status: 200, body: JSON.stringify(app) }, `${API}/apps/${APP_ID}`);
    await writeFile(path.join(clone, '.zapierapprc'), JSON.stringify({ id: APP_ID }));
    await writeFile(path.join(clone, '.env'), 'authData_api_key=nobody-may-see-this');
  });

  afterEach(() => zapier.stop());

  const push = () =>
    npmRun('push', { ZAPIER_BASE_ENDPOINT: zapier.url, ZAPIER_DEPLOY_KEY: 'd'.repeat(32) });

  it('uploads exactly the zips that it packaged, validated by Zapier, without the key in .env', async () => {
    expect(await push()).toMatchObject({
      code: 0,
      output: expect.stringContaining('Upload complete!'),
    });

    const paths = zapier.received.map(({ path }) => path);
    expect(paths.indexOf(`${API}/check`)).toBeLessThan(paths.indexOf(UPLOAD));
    expect(paths).toContain(`${API}/check`);
    const [uploaded, ...more] = zapier
      .bodiesAt(UPLOAD)
      .map((body) =>
        zod
          .object({ zip_file: zod.base64(), source_zip_file: zod.base64() })
          .parse(JSON.parse(body)),
      );
    expect(more).toEqual([]);
    expect(uploaded).toEqual({
      zip_file: (await readBuild('build.zip')).toString('base64'),
      source_zip_file: (await readBuild('source.zip')).toString('base64'),
    });
    for (const name of ['build.zip', 'source.zip']) {
      const files = Object.keys(unzipSync(await readBuild(name)));
      expect(files.filter((file) => /\.env$|zapierapprc/.test(file))).toEqual([]);
    }
  }, 240_000);

  it('uploads nothing when Zapier finds an error', async () => {
    const errors = { total_failures: 1, results: [] };
    zapier.answer({ status: 200, body: JSON.stringify({ errors }) }, `${API}/check`);

    expect(await push()).toMatchObject({
      code: 1,
      output: expect.stringContaining('style validation errors'),
    });
    expect(zapier.bodiesAt(UPLOAD)).toEqual([]);
  }, 240_000);
});
