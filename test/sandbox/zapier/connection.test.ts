import { startZapier } from '../../../sandbox/zapier/zapier.ts';
import { exampleApp } from './example_app.ts';
import { inWorld, post } from './world.ts';

const account = { api_key: 'very-private-key', region: 'eu' };

test('a connection is tested and named after its label', () =>
  inWorld(async (zapier) => {
    const connection = zapier.connect(account);
    expect(await connection.test()).toEqual({ name: 'user of eu' });
    expect(await connection.label()).toBe('user of eu (eu)');
  }));

test('a label may be a function of what the test returned', async () => {
  const authentication = {
    ...exampleApp.authentication,
    connectionLabel: (_: unknown, bundle: { inputData: { name: string } }) =>
      bundle.inputData.name.toUpperCase(),
  };
  const zapier = await startZapier({ ...exampleApp, authentication });
  try {
    expect(await zapier.connect(account).label()).toBe('USER OF EU');
  } finally {
    await zapier.stop();
  }
});

test('an app that core cannot load does not start', async () => {
  const resources = { event: { key: 'event', list: { operation: {} } } };
  const triggers = { eventList: { key: 'eventList', operation: {} } };
  await expect(startZapier({ ...exampleApp, resources, triggers })).rejects.toThrow('conflict');
});

test('samples are the results of performList in the editor', () =>
  inWorld(async (zapier) => {
    expect(await zapier.connect(account).samples('event')).toEqual([
      { id: 'sample', loading: true },
    ]);
  }));

test('a search finds a list, which may be empty', () =>
  inWorld(async (zapier) => {
    const connection = zapier.connect(account);
    expect(await connection.search('find', { name: 'x' })).toEqual([{ id: '7', name: 'x' }]);
    expect(await connection.search('find', { name: 'nobody' })).toEqual([]);
  }));

test('input fields come with the dynamic ones', () =>
  inWorld(async (zapier) => {
    const connection = zapier.connect(account);
    const fields = await connection.inputFields('searches', 'find');
    expect(fields.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['name', 'color', 'dynamic']),
    );
  }));

test('any method of the app can be invoked', () =>
  inWorld(async (zapier) => {
    const bundle = { inputData: { wait: true } };
    const result = await zapier.connect(account).invoke('creates.wait.operation.perform', bundle);
    expect(result).toEqual({ results: { id: 'later' }, status: 'CALLBACK' });
  }));

test('a file is stashed at once or later, and can be fetched', () =>
  inWorld(async (zapier) => {
    const connection = zapier.connect(account);
    const { output } = await connection.create('file', { text: 'Größe' });
    const now = String(output.stashed);
    const later = String(await connection.hydrate(String(output.later)));
    expect([...zapier.files.keys()]).toEqual([now, later]);
    const file = {
      filename: 'größe.txt',
      contentType: 'text/plain',
      content: Buffer.from('Größe'),
    };
    expect([...zapier.files.values()]).toEqual([file, file]);
    const response = await fetch(later);
    expect(response.headers.get('content-type')).toContain('text/plain');
    expect(await response.text()).toBe('Größe');
    expect((await fetch(`${zapier.url}/files/unknown`)).status).toBe(404);
  }));

test('a pointer that the app did not make is not hydrated', () =>
  inWorld(async (zapier) => {
    const connection = zapier.connect(account);
    const payload = { type: 'method', method: 'creates.wait.operation.perform', bundle: {} };
    const forged = Buffer.from(JSON.stringify(payload)).toString('base64');
    await expect(connection.hydrate(`hydrate|||${forged}:AAAA|||hydrate`)).rejects.toThrow('wrong');
    await expect(connection.hydrate('hydrate|||{}|||hydrate')).rejects.toThrow('Not a signed');
  }));

test('logs are collected, and core censors what the connection keeps secret', async () => {
  jest.spyOn(console, 'log').mockImplementation(() => {});
  await inWorld(async (zapier) => {
    const zap = zapier.connect(account).zap('event');
    await zap.switchOn();
    await post(zap.targetUrl, {}, { 'x-webhook-secret': 'sent by another process' });
    await zapier.settled();
    const written = zapier.logs.filter(({ data }) => data.log_type === 'console');
    expect(written.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^The key is :censored:16:/),
    ]);
    const requests = zapier.logs.filter(({ data }) => data.log_type === 'http');
    expect(requests.map(({ data }) => data.request_url)).toEqual([`${zapier.url}/rpc`]);
    expect(JSON.stringify(zapier.logs)).not.toContain(account.api_key);
  });
  jest.restoreAllMocks();
});

test("only the app's own requests are in its log", () =>
  inWorld(async (zapier) => {
    zapier.cache.delayMilliseconds = 50;
    const running = zapier.connect(account).create('cache', { call: 'get', args: ['key'] });
    await fetch(`${zapier.url}/files/requested-by-the-test`);
    await running;
    const run = await zapier.connect(account).create('wait', { early: true });
    await run.resumed();
    const requested = zapier.logs.map(({ data }) => data.request_url);
    expect(requested).toEqual([`${zapier.url}/rpc`, run.callbackUrl]);
  }));

test('worlds side by side keep their logs, their caches and their environment', () =>
  inWorld(
    async (relayed) =>
      inWorld(async (direct) => {
        const there = await relayed.connect(account).create('file', { text: 'x' });
        const here = await direct.connect(account).create('file', { text: 'x' });
        expect([there.output.relay, here.output.relay]).toEqual(['https://relay.test', null]);
        expect(process.env.RELAY_URL).toBeUndefined();
        await relayed.connect(account).create('cache', { call: 'set', args: ['key', 1] });
        expect([relayed.cache.entries().length, direct.cache.entries().length]).toEqual([1, 0]);
        const foreign = direct.logs.filter(({ data }) =>
          String(data.request_url).startsWith(relayed.url),
        );
        expect(foreign).toEqual([]);
      }),
    { environment: { RELAY_URL: 'https://relay.test' } },
  ));
