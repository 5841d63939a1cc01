import { SANDBOX_KEY } from '../sandbox/piapi/piapi.ts';
import { startServer } from './support/service_server.ts';
import { startWorlds, type Worlds } from './support/worlds.ts';

let worlds: Worlds;
beforeAll(async () => {
  worlds = await startWorlds();
});
afterAll(() => worlds.stop());

const connect = (fields: Record<string, string>) =>
  worlds.zapier.connect({ api_key: SANDBOX_KEY, base_url: worlds.piapi.url, ...fields });

test('connects with one free call and is labelled with the account and its plan, not with the key', async () => {
  const account = connect({});
  const before = worlds.piapi.requests.length;

  expect(await account.label()).toBe('Sandbox Studio (pro)');
  expect(
    worlds.piapi.requests.slice(before).map(({ method, path }) => `${method} ${path}`),
  ).toEqual(['GET /account/info']);
  expect(JSON.stringify(await account.test())).not.toContain(SANDBOX_KEY);
});

test('a wrong key says where to find the right one', async () => {
  await expect(connect({ api_key: 'not-the-key' }).test()).rejects.toMatchObject({
    kind: 'AppError',
    shown: expect.stringMatching(
      /does not accept the API key.+\(https:\/\/piapi\.ai\/workspace\/key\)/,
    ),
  });
});

test.each([
  ['http://api.example.com', 'Base URL: Use an address that starts with https://'],
  ['ftp://127.0.0.1', 'Base URL: Use an address'],
  ['not an address', 'Base URL: Use an address'],
  ['https://user:pass@api.example.com', 'Base URL: Use an address'],
])('the base URL %s is refused before anything is sent', async (base_url, sentence) => {
  const before = worlds.piapi.requests.length;

  await expect(connect({ base_url }).test()).rejects.toMatchObject({
    shown: expect.stringContaining(sentence),
  });
  expect(worlds.piapi.requests).toHaveLength(before);
});

test.each([
  ['', 'API Key: Paste the key of your account.'],
  ['two words', 'API Key: Paste the key alone'],
  ['key\nwith a break', 'API Key: Paste the key alone'],
])('the key %j is refused before anything is sent', async (api_key, sentence) => {
  const before = worlds.piapi.requests.length;

  await expect(connect({ api_key }).test()).rejects.toMatchObject({
    shown: expect.stringContaining(sentence),
  });
  expect(worlds.piapi.requests).toHaveLength(before);
});

test('an address that does not answer like the service gives an error that says so', async () => {
  const server = await startServer();
  server.answer = { status: 200, body: { hello: 'world' } };

  await expect(connect({ base_url: server.url }).test()).rejects.toMatchObject({
    shown: expect.stringContaining('does not answer like PiAPI. Leave Base URL empty'),
  });
  await server.stop();
});

test('an address that refuses gives an error with its answer', async () => {
  await expect(connect({ base_url: `${worlds.piapi.url}/images` }).test()).rejects.toMatchObject({
    shown: expect.stringContaining('did not accept this connection (HTTP 404)'),
  });
});
