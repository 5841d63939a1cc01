import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { chromiumPath, startChromium } from '../../scripts/chromium.ts';
import type { Account } from './relay.ts';

const hasBrowser = chromiumPath() !== undefined;

/** A browser for a suite, and pages that each begin as nobody's. */
export interface Boards {
  /** Opens the board as somebody who has never been there. */
  open(url: string, options?: BrowserContextOptions): Promise<Page>;
}

/** Runs a suite in a browser, or skips it with the reason. */
export function withBoards(name: string, suite: (boards: Boards) => void): void {
  if (!hasBrowser) {
    it.skip(`${name}: not here, for there is no Chromium (Debian: apt-get install chromium)`, () =>
      undefined);
    return;
  }
  describe(name, () => {
    let browser: Browser;
    /** What went wrong in any page: errors of scripts, and what its content policy has stopped. */
    const errors: string[] = [];
    const open: Boards['open'] = async (url, options) => {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 900 },
        locale: 'en-US',
        ...options,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      page.on('pageerror', ({ message }) => errors.push(message));
      page.on('console', (line) => {
        // A request that is refused is told by the page itself, in words.
        if (line.type() === 'error' && !/Failed to load resource/.test(line.text())) {
          errors.push(line.text());
        }
      });
      await page.goto(`${url}/board`);
      return page;
    };
    beforeAll(async () => {
      browser = await startChromium();
    });
    afterEach(async () => {
      await Promise.all(browser.contexts().map((context) => context.close()));
      expect(errors.splice(0)).toEqual([]);
    });
    afterAll(() => browser.close());
    suite({ open });
  });
}

/** Signs a client in, on the first page or beside others. */
export async function signIn(page: Page, { key }: Account, name: string): Promise<void> {
  const button = page.getByRole('button', { name: /^(Sign In|Add Client)$/ });
  await button.waitFor();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('API Key').fill(key);
  await button.click();
  await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
}

/** Goes to another view of the board. */
export async function visit(page: Page, view: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: view }).click();
}

/** The card of the task with this prompt. */
export const cardOf = (page: Page, prompt: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('link', { name: prompt }) });

/** Whether the picture of a card has been fetched. */
export const hasPicture = (card: Locator): Promise<boolean> =>
  card.locator('img').evaluate((image) => Reflect.get(image, 'naturalWidth') > 0);
