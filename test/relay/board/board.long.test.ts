import { readFile } from 'node:fs/promises';
import { cardOf, hasPicture, signIn, visit, withBoards } from '../../support/board.ts';
import { bodyOf } from '../../support/bodies.ts';
import { PGLITE } from '../../support/engines.ts';
import type { HttpServer } from '../../support/http_server.ts';
import { startImages } from '../../support/images.ts';
import { type Account, anAccount, startTestRelay, type TestRelay } from '../../support/relay.ts';
import { startTarget, type TargetServer } from '../../support/target_server.ts';
import { until } from '../../support/until.ts';

/** Adds up by how much the layout has shifted by itself: https://web.dev/articles/cls */
const WATCH_SHIFTS = `
  globalThis.shift = 0;
  new PerformanceObserver((list) => {
    for (const { hadRecentInput, value } of list.getEntries()) {
      shift += hadRecentInput ? 0 : value;
    }
  }).observe({ type: 'layout-shift', buffered: true });`;

withBoards('The board', (boards) => {
  let relay: TestRelay;
  let target: TargetServer;
  let images: HttpServer;
  let account: Account;

  beforeAll(async () => {
    relay = await startTestRelay(PGLITE);
    images = await startImages();
  });

  beforeEach(async () => {
    account = anAccount();
    target = await startTarget();
    await relay.introduce(account);
  });

  afterEach(() => target.stop());
  afterAll(async () => {
    await images.stop();
    await relay.stop();
  });

  /** The end of a task, with a picture that can be fetched. */
  const finished = (id: string, prompt: string): string => {
    const { task_result, ...body } = JSON.parse(bodyOf(id, 'finished', { prompt }));
    const image_url = `${images.url}/${id}.png`;
    return JSON.stringify({ ...body, task_result: { ...task_result, image_url, image_urls: [] } });
  };
  const started = (id: string, prompt: string) =>
    relay.request('POST', '/v1/started', {
      as: account,
      body: {
        task_ids: [id],
        prompts: [prompt],
        model: 'midjourney',
        callback: 'service=piapi_v2&operation=imagine&reference=row-7',
        worry_seconds: 600,
      },
    });
  const open = async (name = 'Bakery') => {
    const page = await boards.open(relay.url);
    await signIn(page, account, name);
    return page;
  };

  it('a card appears when its task starts, moves, and has its picture at the end', async () => {
    const page = await open();
    await page.getByRole('heading', { name: 'No tasks yet' }).waitFor();
    await started('t', 'red fox in snow');
    const card = cardOf(page, 'red fox in snow');
    await card.getByText('Staged', { exact: true }).waitFor();
    await relay.callback(
      account,
      bodyOf('t', 'processing', { progress: 46, prompt: 'red fox in snow' }),
    );
    await card.getByText('46%').waitFor();
    await relay.callback(account, finished('t', 'red fox in snow'), { reference: 'row-7' });
    await until('the picture', () => hasPicture(card));
    await card.getByText('row-7').waitFor();
    expect(
      await page
        .getByRole('listitem')
        .filter({ has: page.locator('img') })
        .count(),
    ).toBe(1);
  });

  it('a task that failed says why and what to do', async () => {
    await relay.callback(account, bodyOf('t', 'failed', { prompt: 'a knight' }));
    const page = await open();
    const card = cardOf(page, 'a knight');
    await card.getByText('Banned prompt', { exact: false }).first().waitFor();
    await card.getByText('Take that word out').waitFor();
  });

  it('a picture whose link has expired says so, and moves nothing', async () => {
    await relay.callback(
      account,
      bodyOf('t', 'finished', { prompt: 'gone' }).replaceAll(
        'https://img.midjourneyapi.xyz',
        `${relay.url}`,
      ),
    );
    await relay.callback(account, finished('u', 'here'));
    const page = await boards.open(relay.url);
    await page.evaluate(WATCH_SHIFTS);
    await signIn(page, account, 'Bakery');
    const before = await cardOf(page, 'here').boundingBox();
    await cardOf(page, 'gone').getByText('The link has expired').waitFor();
    expect(await cardOf(page, 'here').boundingBox()).toEqual(before);
    expect(await page.evaluate<number>('shift')).toBeLessThan(0.05);
  });

  it('a filter is in the address, and the address shows the same to whoever opens it', async () => {
    await relay.callback(account, finished('t', 'red fox'), { reference: 'row-1' });
    await relay.callback(account, finished('u', 'blue owl'), { reference: 'row-2' });
    await relay.callback(account, bodyOf('v', 'failed', { prompt: 'red knight' }));
    const page = await open();
    await cardOf(page, 'blue owl').waitFor();
    await page.getByPlaceholder('Search Prompts').fill('red');
    await cardOf(page, 'blue owl').waitFor({ state: 'detached' });
    await page.getByLabel('Any State').selectOption('failed');
    await cardOf(page, 'red fox').waitFor({ state: 'detached' });
    await cardOf(page, 'red knight').waitFor();
    expect(page.url()).toContain('words=red');
    expect(page.url()).not.toContain(account.token);

    const colleague = await page.context().newPage();
    await colleague.goto(page.url());
    await cardOf(colleague, 'red knight').waitFor();
    expect(await cardOf(colleague, 'red fox').count()).toBe(0);
    await colleague.getByRole('button', { name: 'Clear Filters' }).click();
    await cardOf(colleague, 'blue owl').waitFor();
    await colleague.getByPlaceholder('Reference').fill('row-2');
    await cardOf(colleague, 'red fox').waitFor({ state: 'detached' });
    await cardOf(colleague, 'blue owl').waitFor();
  });

  it('a task opens with what was asked, its events and deliveries, and is delivered again', async () => {
    target.answer({ status: 500, body: 'Held.' });
    await relay.subscribe(account, target.url);
    await relay.callback(account, bodyOf('t', 'processing', { progress: 46, prompt: 'red fox' }));
    await relay.callback(account, finished('t', 'red fox'), { reference: 'row-7' });
    await until('the attempt', () => target.received.length > 0);
    await until('the answer', async () => (await relay.deliveries(account))[0]?.attempts === 1);
    await relay.database.run(
      `update relay.delivery set state = 'dead', settled_at = now() where connection = $1`,
      [account.id],
    );
    const page = await open();
    await page.getByRole('link', { name: 'red fox' }).click();
    const task = page.getByRole('dialog');
    await task.getByText('HTTP 500: Held.').waitFor();
    await task.getByText('46%').waitFor();
    await task.getByText('row-7').waitFor();
    await task.getByText(new URL(target.url).host).waitFor();
    const address = page.url();
    expect(address).toContain('task=t');

    target.answer({ status: 200 });
    await task.getByRole('button', { name: 'Deliver Again' }).click();
    await task.getByText('Delivered').waitFor();
    expect(await relay.settled(account)).toMatchObject([{ state: 'delivered', attempts: 2 }]);
    await page.keyboard.press('Escape');
    await task.waitFor({ state: 'detached' });
    await until('the address of the list', () => !page.url().includes('task=t'));
    await page.goto(address);
    await task.waitFor();
  });

  it('all dead letters of a Zap are brought back at once, and nothing needs anybody any more', async () => {
    await relay.subscribe(account, target.url);
    for (const id of ['a', 'b', 'c']) {
      await relay.callback(account, finished(id, id));
    }
    await relay.settled(account);
    await relay.database.run(
      `update relay.delivery set state = 'dead', answer = 'HTTP 503' where connection = $1`,
      [account.id],
    );
    const page = await open();
    await visit(page, 'Needs Somebody');
    await page.getByText('3 events could not be delivered').waitFor();
    await page.getByRole('button', { name: 'Deliver 3 Again' }).click();
    await page.getByRole('heading', { name: 'Nothing needs you' }).waitFor();
    await relay.settled(account);
    expect(target.received).toHaveLength(6);
  });

  it('what is filtered is saved as CSV', async () => {
    await relay.callback(account, finished('t', 'red fox'), { reference: 'row-1' });
    await relay.callback(account, bodyOf('v', 'failed', { prompt: 'red knight' }));
    const page = await open();
    await page.getByLabel('Any State').selectOption('failed');
    await cardOf(page, 'red fox').waitFor({ state: 'detached' });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    const text = await readFile(await download.path(), 'utf8');
    expect(text).toContain('red knight');
    expect(text).not.toContain('red fox');
  });

  it('figures count what was seen, and have a table beside each chart', async () => {
    await relay.callback(account, finished('t', 'red fox'));
    await relay.callback(account, bodyOf('v', 'failed'));
    const page = await open();
    await visit(page, 'Figures');
    await page.getByRole('heading', { name: 'Figures' }).waitFor();
    const charts = page.locator('.uplot');
    await charts.first().waitFor();
    expect(await charts.count()).toBeGreaterThanOrEqual(4);
    expect(await page.locator('details table').count()).toBeGreaterThanOrEqual(4);
    const failures = page.locator('table').filter({ hasText: 'Banned Prompt' });
    expect(await failures.count()).toBe(1);
  });

  it('what a prompt, a reference or a link holds is shown, and never run', async () => {
    const prompt = '<img src=x onerror="document.title=1"> <script>document.title=2</script>';
    const body = bodyOf('t', 'finished', { prompt }).replaceAll(
      /https:\/\/img\.midjourneyapi\.xyz[^"]*/g,
      'javascript:document.title=3',
    );
    await relay.callback(account, body, { reference: '<b>bold</b>' });
    const page = await open();
    await page.getByRole('link', { name: '<img src=x' }).click();
    const task = page.getByRole('dialog');
    await task.getByText('<b>bold</b>').waitFor();
    expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
    expect(await page.title()).toContain('Board');
  });
});
