import { bodyOf } from '../support/bodies.ts';
import { onEachEngine } from '../support/engines.ts';
import { anAccount, startTestRelay, type TestRelay } from '../support/relay.ts';
import { startTarget, type TargetServer } from '../support/target_server.ts';
import { until } from '../support/until.ts';

const ACCESS = 'access-token-of-this-relay';
const PROMPT = 'a prompt that nobody else may read';
const REFERENCE = 'reference-of-a-customer';

onEachEngine((engine) => {
  let relay: TestRelay;
  let target: TargetServer;

  beforeAll(async () => {
    relay = await startTestRelay(engine, { LOG_LEVEL: 'trace', RELAY_ACCESS_TOKEN: ACCESS });
    target = await startTarget();
  });

  afterAll(async () => {
    await relay.stop();
    await target.stop();
  });

  it('logs and metrics contain no key, token, secret, prompt, reference or whole hook URL', async () => {
    const account = anAccount();
    const headers = { 'x-relay-access-token': ACCESS };
    for (const path of ['/hooks/standard/1/well', '/hooks/standard/2/fails', 'gone']) {
      const body = { event: 'task.finished', target_url: new URL(path, target.url).href };
      await relay.request('POST', '/v1/hooks', { as: account, body, headers });
      await relay.request('POST', '/v1/hooks', { as: account, body });
    }
    target.answer({ status: 500, body: 'words of a target' }, '/hooks/standard/2/fails');
    target.answer({ status: 410 }, '/gone');
    const query = { reference: REFERENCE, resume: `${target.url}/callback/of-a-step` };
    await relay.callback(account, bodyOf('task-1', 'finished', { prompt: PROMPT }), query);
    await relay.callback(account, `not JSON ${PROMPT}`, query);
    await relay.callback(account, bodyOf('task-2'), query, {
      'x-webhook-secret': anAccount().secret,
    });
    await relay.callback(account, bodyOf('task-2'), { resume: 'https://elsewhere.example/' });
    await relay.request('GET', `/no/such/path?token=${account.token}`);
    await until('the attempts', () => target.received.length === 4);
    await until('the answers', async () =>
      (await relay.deliveries(account)).every(({ attempts }) => attempts > 0),
    );
    // A failure of the database, whose error quotes the statement.
    await relay.database.run('alter table relay.event rename to event_away');
    const failed = await relay.callback(
      account,
      bodyOf('task-3', 'finished', { prompt: PROMPT }),
      query,
    );
    await relay.database.run('alter table relay.event_away rename to event');
    expect(failed.status).toBe(500);
    expect(JSON.stringify(failed.body)).not.toMatch(/relation|relay\.event|select|insert/i);

    const { body: figures } = await relay.request('GET', '/metrics');
    const shown = relay.log() + String(figures);
    expect(relay.log()).toContain('"route":"/v1/callbacks/:connection"');
    expect(relay.log()).toContain('"msg":"A request failed."');
    for (const secret of [
      account.key,
      account.token,
      account.secret,
      ACCESS,
      PROMPT,
      REFERENCE,
      '/hooks/standard',
      '/callback/of-a-step',
      'elsewhere.example',
      'words of a target',
    ]) {
      expect(shown).not.toContain(secret);
    }
  });

  it('metrics count callbacks, attempts, dead letters and waiting deliveries', async () => {
    const { headers, body } = await relay.request('GET', '/metrics');
    expect(headers.get('content-type')).toMatch('text/plain');
    const figures = String(body).split('\n');
    expect(figures).toEqual(
      expect.arrayContaining([
        'relay_callbacks_total{result="new"} 1',
        'relay_callbacks_total{result="refused"} 2',
        'relay_attempts_total{outcome="failed"} 1',
        'relay_attempts_total{outcome="gone"} 1',
        'relay_attempts_total{outcome="delivered"} 2',
        'relay_delivery_delay_seconds_count 2',
        'relay_dead_letters_total 0',
        'relay_deliveries_waiting 1',
      ]),
    );
  });
});
