import type { Browser, Page } from 'playwright-core';
import { type Editor, startEditor } from '../../editor/start_editor.ts';
import { chromiumPath, startChromium } from '../../scripts/chromium.ts';
import { quietConsole } from '../support/quiet.ts';

quietConsole();

/** A window of an ordinary laptop. */
const VIEWPORT = { width: 1280, height: 1010 };

const hasBrowser = chromiumPath() !== undefined;
const withBrowser = hasBrowser ? describe : describe.skip;

test(`the page is tested in a browser${hasBrowser ? '' : ': not here, for there is no Chromium'}`, () => {
  expect(typeof hasBrowser).toBe('boolean');
});

withBrowser('the page of the steps', () => {
  let editor: Editor;
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    editor = await startEditor({ taskMilliseconds: 300 });
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser.close();
    await editor.stop();
  });

  beforeEach(async () => {
    page = await browser.newPage({ viewport: VIEWPORT });
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('requestfailed', (request) => errors.push(request.url()));
    await page.goto(editor.url);
    await page.waitForSelector('#test');
  });
  afterEach(async () => {
    await page.close();
    expect(errors).toEqual([]);
  });

  const open = async (step: string) => {
    await page.click(`[data-step="${step}"]`);
    await page.waitForSelector(`[data-step="${step}"].chosen`);
    await page.waitForSelector('#test');
  };
  const testStep = async () => {
    await page.click('#test');
    await page.waitForSelector('#result, #error');
  };
  const fieldsOf = (where: string) =>
    page.$$eval(`${where} [data-key]`, (fields) =>
      fields.map((field) => field.getAttribute('data-key')),
    );

  test('shows Create Images on one screen, what everybody fills in first, and groups closed', async () => {
    expect(
      await page.$$eval('section > .field', (fields) => fields.map((one) => one.dataset.key)),
    ).toEqual(['prompt', 'aspect_ratio', 'process_mode', 'wait_for_result', 'reference']);
    expect(await page.$$eval('details[open]', (open) => open.length)).toBe(0);
    const height = await page.evaluate('document.documentElement.scrollHeight');
    // No more than a fifth of a window is left to scroll.
    expect(Number(height)).toBeLessThanOrEqual(VIEWPORT.height * 1.2);
  });

  test('shows the parameters of the chosen version', async () => {
    await page.click('[data-group="prompt_help"] summary');
    const before = await fieldsOf('[data-group="prompt_help"]');
    await page.selectOption('#version', '7');
    await page.waitForSelector('#omni_reference');
    const after = await fieldsOf('[data-group="prompt_help"]');

    expect(before).toContain('hd');
    expect(before).not.toContain('draft');
    expect(after).toContain('draft');
    expect(after).not.toContain('hd');
  });

  test('groups that were opened in one step are closed in the next', async () => {
    await page.click('[data-group="advanced"] summary');
    await open('creates.describe');
    await page.waitForSelector('#image_url');

    expect(await page.$$eval('details', (all) => all.map((one) => one.open))).toEqual([false]);
  });

  test('a test shows the pictures, and what they can be mapped as', async () => {
    await page.fill('#prompt', 'red fox in fresh snow');
    await testStep();

    expect(await page.$$eval('figcaption', (all) => all.map((one) => one.textContent))).toEqual([
      'Image',
      'Image 1',
      'Image 2',
      'Image 3',
      'Image 4',
    ]);
    expect(
      await page.evaluate(
        "[...document.querySelectorAll('.pictures img')].every((image) => image.naturalWidth > 0)",
      ),
    ).toBe(true);
    expect(await page.textContent('#result table')).toContain('image_3_url');
  });

  test('a wrong input is named in words', async () => {
    await page.fill('#prompt', 'red fox --ar 0:1');
    await testStep();

    expect(await page.textContent('#error')).toContain('Nothing was started.');
  });

  test('a dropdown loads the tasks that there are', async () => {
    await page.fill('#prompt', 'lighthouse at dusk');
    await testStep();
    await open('creates.upscale');
    await page.focus('#origin_task_id');
    await page.waitForSelector('#origin_task_id option:nth-child(3)', { state: 'attached' });

    expect(await page.textContent('#origin_task_id')).toContain('4 images · lighthouse at dusk');
  });

  test('a service that cannot do a step shows one notice and no fields', async () => {
    await page.selectOption('#service', 'legnext');
    await open('creates.seed');

    expect(await page.$$eval('.notice', (all) => all.map((one) => one.textContent))).toEqual([
      expect.stringContaining('does not offer Get Seed'),
    ]);
    expect(await fieldsOf('section')).toEqual([]);
  });
});
