import { cardOf, signIn, visit, withBoards } from '../../support/board.ts';
import { bodyOf } from '../../support/bodies.ts';
import { PGLITE } from '../../support/engines.ts';
import { anAccount, startTestRelay, type TestRelay } from '../../support/relay.ts';

const ACCESS = 'access-token-of-clients';
const OPERATOR = 'operator-token-of-at-least-thirty-two-letters';

withBoards('Signing in', (boards) => {
  let relay: TestRelay;

  beforeAll(async () => {
    relay = await startTestRelay(PGLITE, {
      RELAY_ACCESS_TOKEN: ACCESS,
      RELAY_OPERATOR_TOKEN: OPERATOR,
    });
  });
  afterAll(() => relay.stop());

  it('makes a token of the key in the browser, and keeps and sends the key nowhere', async () => {
    const account = anAccount();
    await relay.callback(account, bodyOf('t', 'finished', { prompt: 'red fox' }));
    const page = await boards.open(relay.url);
    const sent: string[] = [];
    page.on('request', (request) => {
      sent.push(JSON.stringify([request.url(), request.headers(), request.postData()]));
    });
    await page.getByLabel('Name', { exact: true }).fill('Bakery');
    await page.getByLabel('API Key').fill(account.key);
    await page.getByRole('button', { name: 'Sign In' }).click();
    await page.getByText('This relay has an access token').waitFor();
    await page.getByLabel('Access Token of the Relay').fill(ACCESS);
    await page.getByRole('button', { name: 'Sign In' }).click();
    await cardOf(page, 'red fox').waitFor();

    expect(sent.join('\n')).toContain(`Bearer ${account.token}`);
    expect(sent.join('\n')).not.toContain(account.key);
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    expect(kept).toContain(account.token);
    expect(kept).not.toContain(account.key);
    const shown = `${page.url()} ${await page.content()}`;
    expect(shown).not.toContain(account.key);
    expect(shown).not.toContain(account.token);
    expect(relay.log()).not.toContain(account.key);
    expect(relay.log()).not.toContain(account.token);
    const urls = sent.map((request) => JSON.parse(request)[0]);
    expect(urls.filter((url) => String(url).includes(account.token))).toEqual([]);
  });

  it('asks for the access token once, and shows two clients side by side', async () => {
    const [one, two, stranger] = [anAccount(), anAccount(), anAccount()];
    for (const [who, prompt] of [
      [one, 'red fox'],
      [two, 'blue owl'],
      [stranger, 'grey cat'],
    ] as const) {
      await relay.callback(who, bodyOf(prompt, 'finished', { prompt }));
    }
    const page = await boards.open(relay.url);
    await page.getByLabel('API Key').fill(one.key);
    await page.getByRole('button', { name: 'Sign In' }).click();
    await page.getByLabel('Access Token of the Relay').fill(ACCESS);
    await page.getByRole('button', { name: 'Sign In' }).click();
    await cardOf(page, 'red fox').waitFor();
    expect(await cardOf(page, 'blue owl').count()).toBe(0);

    await visit(page, 'Clients');
    await signIn(page, two, 'Film Studio');
    await visit(page, 'Tasks');
    await cardOf(page, 'blue owl').getByText('Film Studio').waitFor();
    await cardOf(page, 'red fox').waitFor();
    await page.getByLabel('Any Client').selectOption({ label: 'Film Studio' });
    await cardOf(page, 'red fox').waitFor({ state: 'detached' });
    expect(await cardOf(page, 'grey cat').count()).toBe(0);

    // Nobody else sees them, also with the address of the page.
    const other = await boards.open(relay.url);
    await other.goto(page.url());
    await other.getByLabel('API Key').fill(stranger.key);
    await other.getByRole('button', { name: 'Sign In' }).click();
    await other.getByLabel('Access Token of the Relay').fill(ACCESS);
    await other.getByRole('button', { name: 'Sign In' }).click();
    await other.getByRole('heading', { name: 'No task fits these filters' }).waitFor();
    await other.getByRole('button', { name: 'Clear Filters' }).first().click();
    await cardOf(other, 'grey cat').waitFor();
    expect(await cardOf(other, 'blue owl').count()).toBe(0);

    await visit(page, 'Clients');
    await page.getByRole('button', { name: 'Sign Out of Film Studio' }).click();
    await visit(page, 'Tasks');
    await page.goto(`${relay.url}/board`);
    await cardOf(page, 'red fox').waitFor();
    expect(await cardOf(page, 'blue owl').count()).toBe(0);
  });

  it('with a wrong key, or a wrong token, says what to look at', async () => {
    const page = await boards.open(relay.url);
    await page.getByLabel('API Key').fill('no-key');
    await page.getByRole('button', { name: 'Sign In' }).click();
    await page.getByLabel('Access Token of the Relay').fill('wrong');
    await page.getByRole('button', { name: 'Sign In' }).click();
    await page.getByText('The relay does not know this access token.').waitFor();
    await page.getByLabel('Access Token of the Relay').fill(ACCESS);
    await page.getByRole('button', { name: 'Sign In' }).click();
    await page.getByText('The relay knows no client with this key.').waitFor();

    await page.getByText('I Run This Relay').click();
    await page.getByLabel('Operator Token').fill('wrong');
    await page.getByRole('button', { name: 'Sign In as Operator' }).click();
    await page.getByText('This is not the operator token of this relay.').waitFor();
  });

  it('as the operator shows all clients, and gives them names', async () => {
    const [one, two] = [anAccount(), anAccount()];
    await relay.callback(one, bodyOf('a', 'finished', { prompt: 'first of all' }));
    await relay.callback(two, bodyOf('b', 'finished', { prompt: 'second of all' }));
    const page = await boards.open(relay.url);
    await page.getByText('I Run This Relay').click();
    await page.getByLabel('Operator Token').fill(OPERATOR);
    await page.getByRole('button', { name: 'Sign In as Operator' }).click();
    await cardOf(page, 'first of all').waitFor();
    await cardOf(page, 'second of all').waitFor();

    await visit(page, 'Clients');
    await page.getByLabel(`Name of ${one.id}`).fill('Bakery');
    const client = page.getByRole('listitem').filter({ hasText: one.id });
    await client.getByRole('button', { name: 'Save' }).click();
    await visit(page, 'Tasks');
    await cardOf(page, 'first of all').getByText('Bakery').waitFor();
  });
});
