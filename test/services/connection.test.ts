import { isAtService, readConnection } from '../../services/connection.ts';
import { PIAPI_V2 } from '../../services/piapi_v2.ts';
import { thrownBy, zOf } from '../support/z.ts';

const read = async (fields: Record<string, unknown>) =>
  readConnection(await zOf(), { api_key: 'key-1', ...fields });

const problem = async (fields: Record<string, unknown>) => {
  const { message } = await thrownBy(() => read(fields));
  return message;
};

describe('the API key', () => {
  test('is trimmed', async () => {
    expect((await read({ api_key: ' key-1\n' })).apiKey).toBe('key-1');
  });

  test.each([['two words'], ['line\nbreak'], ['schlüssel'], ['nul\u0000']])(
    '%j is refused with an error that names the field',
    async (api_key) => {
      expect(await problem({ api_key })).toContain('API Key: Paste the key alone');
    },
  );

  test.each([[undefined], [''], ['  ']])(
    'gives an error that asks for it when it is missing, as %j',
    async (api_key) => {
      expect(await problem({ api_key })).toContain('API Key: Paste the key of your account.');
    },
  );

  test('is never part of the error', async () => {
    expect(await problem({ api_key: 'my secret key' })).not.toContain('my secret');
  });
});

describe('the base URL', () => {
  test.each([[undefined], [null], [''], ['  '], ['/']])(
    'left empty as %j defaults to PiAPI',
    async (base_url) => {
      expect(await read({ base_url })).toEqual({
        apiKey: 'key-1',
        service: PIAPI_V2,
        baseUrl: 'https://api.piapi.ai',
      });
    },
  );

  test.each([
    ['https://api.goapi.ai', 'https://api.goapi.ai'],
    ['https://proxy.example/piapi/', 'https://proxy.example/piapi'],
    [' https://proxy.example:8443// ', 'https://proxy.example:8443'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000'],
    ['http://127.8.9.10', 'http://127.8.9.10'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
  ])('%s is accepted', async (base_url, expected) => {
    expect((await read({ base_url })).baseUrl).toBe(expected);
  });

  test.each([
    ['http://api.piapi.ai'],
    ['http://127.0.0.1.evil.com'],
    ['http://localhost.evil.com'],
    ['http://evil.com/127.0.0.1'],
    ['http://127.0.0.1@evil.com'],
    ['http://[::2]'],
    ['http://10.0.0.1'],
    ['http://0.0.0.0'],
    ['https://user@api.piapi.ai'],
    ['https://user:word@api.piapi.ai'],
    ['https://:word@api.piapi.ai'],
    ['https://api.piapi.ai?key=1'],
    ['https://api.piapi.ai/#top'],
    ['ftp://api.piapi.ai'],
    ['file:///etc/passwd'],
    ['javascript:alert(1)'],
    ['api.piapi.ai'],
    ['https://'],
    ['not an address'],
  ])('%s is refused with an error that names the field', async (base_url) => {
    expect(await problem({ base_url })).toContain(
      'Base URL: Use an address that starts with https://',
    );
  });

  test('both fields are named when both are wrong', async () => {
    const message = await problem({ api_key: 'a b', base_url: 'x' });
    expect(message).toContain('API Key:');
    expect(message).toContain('Base URL:');
  });
});

describe('isAtService', () => {
  test.each([
    ['https://proxy.example/mj/v2/imagine', true],
    ['https://proxy.example:443/', true],
    ['https://PROXY.example', true],
    ['http://proxy.example/', false],
    ['https://proxy.example:8443/', false],
    ['https://proxy.example.evil.com/', false],
    ['https://evil.com/https://proxy.example/', false],
    ['https://proxy.example@evil.com/', false],
    ['/mj/v2/imagine', false],
    ['', false],
  ])('%s: %s', async (url, expected) => {
    const connection = await read({ base_url: 'https://proxy.example/piapi' });
    expect(isAtService(url, connection)).toBe(expected);
  });
});
