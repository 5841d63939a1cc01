import { readFileSync } from 'node:fs';
import path from 'node:path';
import app from '../../index.ts';
import { withDiagrams } from '../../recipes/diagram.ts';
import { readTemplates, type Template } from '../../recipes/template.ts';
import { zapProblems } from '../../recipes/zap_problems.ts';
import { SERVICE_KEYS, type ServiceKey } from '../../sandbox/start_service.ts';
import { type Connection, startZapier, type Zapier } from '../../sandbox/zapier/zapier.ts';
import { quietConsole } from '../support/quiet.ts';

quietConsole();

const FOLDER = path.resolve('docs/templates');
const PROMISED = [
  'airtable_row_to_drive',
  'approve_one_of_four',
  'blend_from_form',
  'describe_to_imagine',
  'failed_tasks_to_sheet',
  'imagine_and_upscale_all_to_slack',
  'nightly_inpaint_lookup',
  'progress_to_slack',
  'task_finished_to_airtable',
  'article_to_featured_image',
  'chat_message_to_thread',
  'content_calendar_to_post',
  'costs_per_client_to_sheet',
  'failed_prompt_mended',
  'picture_to_brand_overlay',
  'picture_to_film',
  'product_photo_to_moods',
  'quality_check_then_reroll',
  'row_to_film_post',
  'sheet_to_many_pins',
];

const readme = readFileSync(path.join(FOLDER, 'README.md'), 'utf8');

let templates: Map<string, Template>;
let zapier: Zapier;
/** The service has no tasks; checking templates only reads fields and dropdowns. */
const accountAt = (service: ServiceKey): Connection =>
  zapier.connect({ api_key: 'no-key', service, base_url: 'http://127.0.0.1:9' });
beforeAll(async () => {
  templates = await readTemplates(FOLDER);
  zapier = await startZapier(app);
});
afterAll(() => zapier.stop());

const textOf = (template: Template): string => JSON.stringify(template);

test('every template has the documented form, and its key is its file name', () => {
  expect([...templates.keys()]).toEqual(
    expect.arrayContaining(PROMISED.map((key) => `${key}.json`)),
  );
  expect([...templates.values()].map(({ key }) => `${key}.json`)).toEqual([...templates.keys()]);
});

test.each(SERVICE_KEYS)(
  'each step, field, choice and mapped value of every template exists and fits on %s, where it is to',
  async (service) => {
    const account = accountAt(service);
    const problems = [];
    for (const [file, { zaps, services = SERVICE_KEYS }] of templates) {
      for (const zap of services.includes(service) ? zaps : []) {
        const found = await zapProblems(zap, account);
        problems.push(...found.map((problem) => `${file}, ${zap.title}: ${problem}`));
      }
    }

    expect(problems).toEqual([]);
  },
);

test('a template that names its services cannot be built on the others', async () => {
  const able: string[] = [];
  for (const [file, { zaps, services = SERVICE_KEYS }] of templates) {
    for (const service of SERVICE_KEYS.filter((key) => !services.includes(key))) {
      const account = accountAt(service);
      const problems = await Promise.all(zaps.map((zap) => zapProblems(zap, account)));
      if (problems.flat().length === 0) {
        able.push(`${file} on ${service}`);
      }
    }
  }

  expect(able).toEqual([]);
});

test('the overview shows every template as the diagram that its file makes', () => {
  expect(withDiagrams(readme, templates.values())).toBe(readme);
});

test('every template uses this integration', () => {
  const without = [...templates.values()].filter(({ zaps }) =>
    zaps.every(({ trigger, steps }) =>
      [trigger, ...steps].every((part) => part.app !== 'midjourney'),
    ),
  );
  expect(without).toEqual([]);
});

test('descriptions are two or three sentences that say what a recipe costs', () => {
  for (const { description } of templates.values()) {
    expect(description.match(/[.?](?=\s|$)/g)?.length).toBeGreaterThanOrEqual(2);
    expect(description.match(/[.?](?=\s|$)/g)?.length).toBeLessThanOrEqual(3);
    expect(description).toMatch(/costs .*tasks?\b/);
  }
});

test('no template names an invented person or company', () => {
  for (const template of templates.values()) {
    const addresses = textOf(template).match(/[\w.]+@[\w.]+|https?:\/\/[^/"]+/g) ?? [];

    expect(addresses.filter((address) => !/[@./]example\.com$/.test(address))).toEqual([]);
    expect(textOf(template)).not.toMatch(/\b(Inc|Ltd|LLC|GmbH|Corp|Acme|Mr|Mrs|Ms|Jane|John)\b/);
  }
});

test('the overview has one row for each template and names nothing else', () => {
  const rows = [...readme.matchAll(/^\| \[(\w+)\]\((\w+\.json)\)\s+\| \S.*\|$/gm)];

  expect(rows.map(([, , file]) => file).sort()).toEqual([...templates.keys()]);
  expect(rows.every(([, key, file]) => `${key}.json` === file)).toBe(true);
});

test('the overview has the right number of Zaps for each template, and whether a step waits', () => {
  for (const [file, { zaps }] of templates) {
    const [, count, waits] =
      new RegExp(`\\(${file}\\).*\\| (\\d+) +\\| (\\w+) +\\|$`, 'm').exec(readme) ?? [];
    const waiting = zaps.some(({ steps }) =>
      steps.some(({ input }) => input.wait_for_result === true),
    );

    expect([file, count, waits]).toEqual([file, String(zaps.length), waiting ? 'yes' : 'no']);
  }
});
