import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { startRelay } from '../../../relay/relay.ts';
import { readSettings } from '../../../relay/settings.ts';
import { cardOf, signIn, withBoards } from '../../support/board.ts';
import { bodyOf } from '../../support/bodies.ts';
import { PGLITE } from '../../support/engines.ts';
import { type Account, anAccount, startTestRelay, type TestRelay } from '../../support/relay.ts';
import { until } from '../../support/until.ts';

const MANY = 10_000;

withBoards('The board with many tasks', (boards) => {
  let relay: TestRelay;
  let account: Account;

  beforeAll(async () => {
    relay = await startTestRelay(PGLITE);
    account = anAccount();
    await relay.callback(account, bodyOf('first', 'finished', { prompt: 'the first of all' }));
    await relay.database.run(
      `insert into relay.task
       select nextval('relay.event_id_seq'), connection, 'task-' || number, rank, operation, status,
         'row-' || number, service, model, 'red fox ' || number, '', '', media, links, credits_used,
         credits_unit, error_kind, error_message, duration_seconds, started_at, updated_at, ended_at
       from relay.task, generate_series(1, ${MANY}) as number where connection = $1`,
      [account.id],
    );
  });
  afterAll(() => relay.stop());

  const cards = (page: Page) => page.locator('li.card').count();

  it('has no more than 200 of them in the page, from the newest to the first', async () => {
    const page = await boards.open(relay.url);
    await signIn(page, account, 'Bakery');
    await cardOf(page, `red fox ${MANY}`).first().waitFor();
    let most = 0;
    const end = page.getByRole('link', { name: 'the first of all' });
    await until('the end of the list', async () => {
      for (let turn = 0; turn < 20; turn += 1) {
        await page.mouse.wheel(0, 20_000);
        await page.evaluate('new Promise((drawn) => requestAnimationFrame(drawn))');
        most = Math.max(most, await cards(page));
      }
      return (await end.count()) > 0;
    });
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(200);
    await page.keyboard.press('Home');
    await cardOf(page, `red fox ${MANY}`).first().waitFor();
  });

  it('tells of new ones to whoever reads further down, and does not move what he reads', async () => {
    const page = await boards.open(relay.url);
    await signIn(page, account, 'Bakery');
    await cardOf(page, `red fox ${MANY}`).first().waitFor();
    await page.mouse.wheel(0, 2_000);
    const read = page.locator('li.card a.prompt').nth(10);
    await until('the list further down', () => page.evaluate<boolean>('scrollY > 500'));
    const [words, before] = [await read.textContent(), await read.boundingBox()];
    await relay.callback(account, bodyOf('new', 'finished', { prompt: 'a new one' }));
    const button = page.getByRole('button', { name: '1 New Task' });
    await button.waitFor();
    expect([await read.textContent(), await read.boundingBox()]).toEqual([words, before]);
    await button.click();
    await cardOf(page, 'a new one').waitFor();
  });
});

withBoards('An open board', (boards) => {
  it('connects again by itself when its relay is restarted, and shows what it has missed', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'board-'));
    const variables = { RELAY_DATA: path.join(folder, 'data'), LOG_LEVEL: 'silent' };
    let relay = await startRelay(readSettings({ ...variables, PORT: '0' }));
    try {
      const { port } = new URL(relay.url);
      const account = anAccount();
      const post = (id: string, prompt: string) =>
        fetch(`${relay.url}/v1/callbacks/${account.id}`, {
          method: 'POST',
          headers: { 'x-webhook-secret': account.secret },
          body: bodyOf(id, 'finished', { prompt }),
        });
      await fetch(`${relay.url}/v1/hooks`, {
        headers: { authorization: `Bearer ${account.token}` },
      });
      await post('a', 'before');
      const page = await boards.open(relay.url);
      await signIn(page, account, 'Bakery');
      await cardOf(page, 'before').waitFor();

      await relay.stop();
      await page.getByText('Connection lost, trying again…').waitFor();
      relay = await startRelay(readSettings({ ...variables, PORT: port }));
      await post('b', 'meanwhile');
      await cardOf(page, 'meanwhile').waitFor();
      await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
      await post('c', 'and live again');
      await cardOf(page, 'and live again').waitFor();
    } finally {
      await relay.stop();
      await rm(folder, { recursive: true });
    }
  });
});
