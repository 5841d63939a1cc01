import { bodyOf } from '../support/bodies.ts';
import { onEachEngine } from '../support/engines.ts';
import { type Account, anAccount, startTestRelay, type TestRelay } from '../support/relay.ts';
import { until } from '../support/until.ts';

interface Stream {
  /** What came, as `ready` and then `task-1 46`. */
  readonly heard: readonly string[];
  close(): void;
  /** Resolves once the relay has ended it. */
  readonly ended: Promise<void>;
}

async function listen(relay: TestRelay, ...accounts: readonly Account[]): Promise<Stream> {
  await Promise.all(accounts.map((account) => relay.introduce(account)));
  const abort = new AbortController();
  const tokens = accounts.map(({ token }) => token).join();
  const { body, headers } = await fetch(`${relay.url}/v1/live`, {
    headers: { authorization: `Bearer ${tokens}` },
    signal: abort.signal,
  });
  expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const heard: string[] = [];
  let text = '';
  const read = async () => {
    for await (const chunk of body ?? []) {
      text += Buffer.from(chunk).toString();
      for (let at = text.indexOf('\n\n'); at !== -1; at = text.indexOf('\n\n')) {
        const [event = '', data = '{}'] = text.slice(0, at).split('\ndata: ');
        text = text.slice(at + 2);
        const { task_id, progress } = JSON.parse(data);
        heard.push(event === 'event: task' ? `${task_id} ${progress}` : event.slice(7));
      }
    }
  };
  const ended = read().catch(() => undefined);
  await until('ready', () => heard.includes('ready'));
  return { heard, close: () => abort.abort(), ended };
}

onEachEngine((engine) => {
  let relay: TestRelay;

  beforeAll(async () => {
    relay = await startTestRelay(engine);
  });

  afterAll(() => relay.stop());

  it('a page hears of its own tasks as they start, move and end, of each state once', async () => {
    const [one, two, stranger] = [anAccount(), anAccount(), anAccount()];
    await relay.callback(one, bodyOf('before'));
    const page = await listen(relay, one, two);
    const other = await listen(relay, stranger);
    const body = { task_ids: ['t'], callback: '', worry_seconds: 600 };
    await relay.request('POST', '/v1/started', { as: one, body });
    await until('the start', () => page.heard.includes('t 0'));
    await relay.callback(one, bodyOf('t', 'processing', { progress: 46 }));
    await until('progress', () => page.heard.includes('t 46'));
    await relay.callback(two, bodyOf('u'));
    await relay.callback(one, bodyOf('t'));
    await until('both ends', () => page.heard.includes('t 100') && page.heard.includes('u 100'));
    // Time for a repetition to show.
    await relay.callback(stranger, bodyOf('x'));
    await until('the other page', () => other.heard.includes('x 100'));
    expect([...page.heard].sort()).toEqual(['ready', 't 0', 't 100', 't 46', 'u 100']);
    expect(other.heard).toEqual(['ready', 'x 100']);
    page.close();
    other.close();
  });

  it('a page that comes back hears again', async () => {
    const account = anAccount();
    const first = await listen(relay, account);
    first.close();
    await first.ended;
    const second = await listen(relay, account);
    await relay.callback(account, bodyOf('t'));
    await until('the end', () => second.heard.includes('t 100'));
    second.close();
  });

  it('one client has so many pages open, and another is not shut out', async () => {
    const [account, other] = [anAccount(), anAccount()];
    const pages = await Promise.all(Array.from({ length: 50 }, () => listen(relay, account)));
    expect(await relay.request('GET', '/v1/live', { as: account })).toMatchObject({
      status: 429,
      body: { error: { code: 'too_many_streams' } },
    });
    (await listen(relay, other)).close();
    for (const page of pages) {
      page.close();
    }
    await Promise.all(pages.map(({ ended }) => ended));
    await until('room', async () => {
      const abort = new AbortController();
      const headers = { authorization: `Bearer ${account.token}` };
      const { status } = await fetch(`${relay.url}/v1/live`, { headers, signal: abort.signal });
      abort.abort();
      return status === 200;
    });
  });

  it('whoever the relay does not know hears nothing, and takes no room', async () => {
    expect(await relay.request('GET', '/v1/live', { as: anAccount() })).toMatchObject({
      status: 401,
      body: { error: { code: 'unknown_connection' } },
    });
  });

  it('open pages do not hold up the end of the relay', async () => {
    const stopping = await startTestRelay(engine);
    const page = await listen(stopping, anAccount());
    await stopping.stop();
    await page.ended;
  });
});
