import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { z as zod } from 'zod';
import { cardOf, signIn, visit, withBoards } from '../../support/board.ts';
import { bodyOf } from '../../support/bodies.ts';
import { PGLITE } from '../../support/engines.ts';
import { anAccount, startTestRelay, type TestRelay } from '../../support/relay.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

const found = zod.object({
  violations: zod.array(
    zod.object({ id: zod.string(), nodes: zod.array(zod.object({ html: zod.string() })) }),
  ),
});

/** What axe-core finds in the page as it is. The page's policy lets no script in, so it is evaluated. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const result = found.parse(await page.evaluate('axe.run()'));
  return result.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

const WINDOWS = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
];

withBoards('The board for everybody', (boards) => {
  let relay: TestRelay;
  beforeAll(async () => {
    relay = await startTestRelay(PGLITE);
  });
  afterAll(() => relay.stop());

  it.each(
    WINDOWS.flatMap((viewport) =>
      (['light', 'dark'] as const).map((colorScheme) => ({ viewport, colorScheme })),
    ),
  )(
    'has nothing that axe-core finds, and nothing to scroll sideways: $viewport.width, $colorScheme',
    async (options) => {
      const account = anAccount();
      await relay.subscribe(account, 'http://127.0.0.1:9/');
      await relay.callback(account, bodyOf('t', 'processing', { progress: 46, prompt: 'red fox' }));
      await relay.callback(account, bodyOf('u', 'failed', { prompt: 'knight' }));
      await relay.callback(
        account,
        bodyOf('v', 'finished', { prompt: `owl ${'and owl '.repeat(60)}` }),
        {
          reference: 'row-'.repeat(40),
        },
      );
      await relay.database.run(
        `update relay.delivery set state = 'dead', attempts = 31, answer = 'HTTP 503'
       where connection = $1 and id % 2 = 0`,
        [account.id],
      );
      const page = await boards.open(relay.url, options);
      const look = async (view: string) => {
        expect([view, await violations(page)]).toEqual([view, []]);
        const wider = await page.evaluate(
          'document.documentElement.scrollWidth > document.documentElement.clientWidth',
        );
        expect([view, wider]).toEqual([view, false]);
      };
      await page.getByLabel('API Key').waitFor();
      await look('Sign in');
      await signIn(page, account, 'Bakery');
      await cardOf(page, 'knight').waitFor();
      await look('Tasks');
      await cardOf(page, 'owl').getByRole('link').click();
      await page.getByRole('dialog').getByText('What Was Asked').waitFor();
      await look('A task');
      await page.keyboard.press('Escape');
      for (const view of ['Needs Somebody', 'Figures', 'Clients']) {
        await visit(page, view);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await look(view);
      }
    },
  );

  it('is used with the keyboard alone', async () => {
    const account = anAccount();
    await relay.callback(account, bodyOf('t', 'finished', { prompt: 'red fox' }));
    const page = await boards.open(relay.url);
    await page.keyboard.press('Tab');
    await page.keyboard.type('Bakery');
    await page.keyboard.press('Tab');
    await page.keyboard.type(account.key);
    await page.keyboard.press('Enter');
    const link = page.getByRole('link', { name: 'red fox' });
    await link.waitFor();
    for (let presses = 0; presses < 30; presses += 1) {
      await page.keyboard.press('Tab');
      if (await link.evaluate((element) => element.matches(':focus'))) {
        break;
      }
    }
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await link.evaluate((element) => element.matches(':focus'))).toBe(true);
  });

  it('writes numbers and dates in the form of the reader', async () => {
    const account = anAccount();
    await relay.callback(account, bodyOf('t', 'finished', { prompt: 'red fox' }));
    await relay.database.run(
      `update relay.task set started_at = '2026-03-01T23:30:00Z', credits_used = 1234.5
       where connection = $1`,
      [account.id],
    );
    const page = await boards.open(relay.url, { locale: 'de-DE', timezoneId: 'Asia/Tokyo' });
    await signIn(page, account, 'Bakery');
    await cardOf(page, 'red fox').getByText('1.234,5').waitFor();
    await page.getByRole('link', { name: 'red fox' }).click();
    await page
      .getByRole('dialog')
      .getByText(/2\. März 2026|02\.03\.2026|2\.3\.2026/)
      .first()
      .waitFor();
  });
});
