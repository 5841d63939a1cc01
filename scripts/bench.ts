import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Bundle, createAppHandler, type ZObject } from 'zapier-platform-core';
import { callbackSecret } from '../delivery/secret.ts';
import app from '../index.ts';
import { buildZip, builtApp } from './zapier_zip.ts';

/**
 * Ratios against the least that an app can be, measured side by side in one run, so that
 * they say the same on every machine. docs/testing.md has the bars.
 */

const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, '..');
const FOLDER = path.join(ROOT, 'build', 'bench');

const BARE_APP = `import { version as platformVersion } from 'zapier-platform-core';
export default { version: '1.0.0', platformVersion };
`;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Measures both by turns, so that whatever else the machine does hits both alike. */
async function sideBySide(
  rounds: number,
  ours: () => Promise<number>,
  reference: () => Promise<number>,
) {
  const figures = { ours: [] as number[], reference: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    figures.reference.push(await reference());
    figures.ours.push(await ours());
  }
  return { ours: median(figures.ours), reference: median(figures.reference) };
}

/** Milliseconds from the start of the process until the app is ready for its first event. */
async function coldStart(file: string): Promise<number> {
  const { stdout } = await run(process.execPath, [path.join(FOLDER, 'start.js'), file]);
  return Number(stdout);
}

async function coldStarts() {
  await mkdir(FOLDER, { recursive: true });
  const bare = path.join(FOLDER, 'bare.js');
  await writeFile(bare, BARE_APP);
  await writeFile(
    path.join(FOLDER, 'start.js'),
    `import zapier from 'zapier-platform-core';
const app = await import(process.argv[2]);
zapier.createAppHandler(app.default);
process.stdout.write(String(performance.now()));
`,
  );
  const built = path.join(ROOT, 'dist', 'index.js');
  await Promise.all([coldStart(built), coldStart(bare)]);
  return sideBySide(
    25,
    () => coldStart(built),
    () => coldStart(bare),
  );
}

const API_KEY = 'bench-key-0123456789';

/** The Zap that the event comes to, and the only one that listens. */
const HOOK = {
  id: 'bench',
  event: 'task.finished',
  target_url: 'https://hooks.zapier.com/hooks/standard/1/bench/',
};

/** Milliseconds for one event through core's handler; z.cache is core's own, in memory. */
async function invocation(
  handler: (event: object) => Promise<object>,
  content: string,
  number: number,
  querystring: string,
) {
  const body = content.replaceAll('c0d39b5a', String(number).padStart(8, '0'));
  const event = {
    command: 'execute',
    // Otherwise core reports its memory on every event and ends the process at some point.
    calledFromCli: true,
    method: 'triggers.task_finished.operation.perform',
    zcacheTestObj: { 'hook:0': JSON.stringify({ ...HOOK, renewed_at: Date.now() }) },
    bundle: {
      authData: { api_key: API_KEY },
      inputData: {},
      subscribeData: HOOK,
      cleanedRequest: JSON.parse(body),
      rawRequest: {
        method: 'POST',
        querystring,
        headers: { 'Http-X-Webhook-Secret': callbackSecret(API_KEY) },
        content: body,
      },
    },
  };
  const start = performance.now();
  await handler(event);
  return performance.now() - start;
}

/** @param querystring of the hook URL: whether the event was passed on, or came from the service */
async function performs(querystring: string) {
  const content = await readFile(
    path.join(ROOT, 'test', 'fixtures', 'piapi_v2', 'imagine_finished.json'),
    'utf8',
  );
  const { task_finished } = app.triggers;
  const untouched = {
    ...app,
    triggers: {
      ...app.triggers,
      task_finished: {
        ...task_finished,
        operation: {
          ...task_finished?.operation,
          perform: (_z: ZObject, bundle: Bundle) => [bundle.cleanedRequest],
        },
      },
    },
  };
  const ours = createAppHandler(app);
  const reference = createAppHandler(untouched);
  let number = 0;
  const next = (handler: typeof ours) => () => {
    number += 1;
    return invocation(handler, content, number, querystring);
  };
  await sideBySide(500, next(ours), next(reference));
  return sideBySide(1000, next(ours), next(reference));
}

async function zips() {
  return {
    ours: (await buildZip(await builtApp())).length / 1024,
    reference: (await buildZip(new Map([['index.js', BARE_APP]]), { unused: true })).length / 1024,
  };
}

const line = (
  name: string,
  unit: string,
  bar: number,
  figures: { ours: number; reference: number },
): string => {
  const ratio = figures.ours / figures.reference;
  const verdict = ratio <= bar ? 'within' : 'ABOVE';
  return `${name.padEnd(18)} ${ratio.toFixed(2)} × (${figures.ours.toFixed(1)} : ${figures.reference.toFixed(1)} ${unit}), ${verdict} the bar of ${bar.toFixed(2)}`;
};

try {
  for (const report of [
    line('cold start', 'ms', 1.1, await coldStarts()),
    line('zip', 'kB', 1.1, await zips()),
    line('perform, passed on', 'ms', 1.25, await performs('reference=row-7&forwarded=1')),
    line('perform, first', 'ms', 1.25, await performs('reference=row-7')),
  ]) {
    process.stdout.write(`${report}\n`);
  }
} finally {
  await rm(FOLDER, { recursive: true, force: true });
}
