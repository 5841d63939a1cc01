import completed from '../fixtures/apiframe/webhook_completed.json' with { type: 'json' };
import { bodyOf } from '../support/bodies.ts';
import { onEachEngine } from '../support/engines.ts';
import { type Account, anAccount, startTestRelay, type TestRelay } from '../support/relay.ts';
import { startTarget, type TargetServer } from '../support/target_server.ts';

const SIGNATURE = `sha256=${'5c'.repeat(32)}`;

onEachEngine((engine) => {
  let relay: TestRelay;
  let target: TargetServer;
  let account: Account;

  beforeAll(async () => {
    relay = await startTestRelay(engine);
  });
  beforeEach(async () => {
    account = anAccount();
    target = await startTarget();
    await relay.subscribe(account, target.url);
  });
  afterEach(() => target.stop());
  afterAll(() => relay.stop());

  const delivered = async (body: string, query: Record<string, string>) => {
    const headers = { 'X-Webhook-Signature': SIGNATURE };
    await relay.callback(account, body, query, headers);
    await relay.settled(account);
    return target.received[0];
  };

  it('a signature goes to the hooks with the very body that it was made for', async () => {
    const content = ` ${JSON.stringify(completed)}\n`;
    const { headers, body } = (await delivered(content, { service: 'apiframe' })) ?? {};

    expect(body).toBe(content);
    expect(headers?.['x-webhook-signature']).toBe(SIGNATURE);
  });

  it('one of a body that had to be changed stays behind', async () => {
    const content = JSON.stringify({ ...completed, note: account.secret });
    const { headers, body } = (await delivered(content, { service: 'apiframe' })) ?? {};

    expect(body).toBe(JSON.stringify({ ...completed, note: '' }));
    expect(headers).not.toHaveProperty('x-webhook-signature');
  });

  it('one of a service that does not sign says nothing, and is not kept', async () => {
    const { headers } = (await delivered(bodyOf('task-1'), { service: 'piapi_v2' })) ?? {};

    expect(headers).not.toHaveProperty('x-webhook-signature');
  });

  it('the operation on the URL is that of the task, for filters and in the list', async () => {
    await relay.subscribe(account, `${target.url}/upscales`, { operations: ['upscale'] });
    const query = { service: 'apiframe', operation: 'upscale' };
    await delivered(JSON.stringify(completed), query);

    expect(target.received.map(({ path }) => path).sort()).toEqual(['/', '/upscales']);
    expect(target.received[0]?.query.get('operation')).toBe('upscale');
    expect((await relay.request('GET', '/v1/tasks', { as: account })).body).toMatchObject({
      data: [{ operation: 'upscale' }],
    });
  });
});
