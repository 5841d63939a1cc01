import type { Bundle, ZObject } from 'zapier-platform-core';
import app from '../index.ts';
import { addApiKey } from '../middleware.ts';
import { type CallOptions, call } from '../services/call.ts';
import { readConnection } from '../services/connection.ts';
import { retryAfterSeconds } from '../services/retry_after.ts';
import { type Server, startServer } from './support/service_server.ts';
import { logOf, thrownBy, zOf } from './support/z.ts';

const KEY = 'key-0123456789';
const START = { method: 'POST', path: '/mj/v2/imagine', body: { prompt: 'fox' } } as const;

let service: Server;
let elsewhere: Server;
let z: ZObject;
beforeAll(async () => {
  service = await startServer();
  elsewhere = await startServer();
});
afterAll(async () => {
  await service.stop();
  await elsewhere.stop();
});
beforeEach(async () => {
  service.received.length = 0;
  elsewhere.received.length = 0;
  service.answer = { status: 200 };
  z = await zOf(app, authData());
  logOf(z);
});

const authData = () => ({ api_key: KEY, base_url: service.url });
const connection = () => readConnection(z, authData());
const start = (options: CallOptions = { startsTask: true }) =>
  call(z, connection(), START, options);

/** The error after such an answer. */
async function refusal(status: number, body: unknown, options?: CallOptions) {
  service.answer = { status, body };
  return thrownBy(() => start(options));
}

describe('the API key', () => {
  test('is sent to the service', async () => {
    await start();
    expect(service.received[0]?.headers['x-api-key']).toBe(KEY);
  });

  test('is not sent to a hook on another port of the same host', async () => {
    await z.request({ url: `${elsewhere.url}/hook`, method: 'POST' });
    expect(elsewhere.received).toHaveLength(1);
    expect(elsewhere.received[0]?.headers).not.toHaveProperty('x-api-key');
  });

  test('is not sent on by a redirect', async () => {
    service.answer = { status: 302, headers: { location: elsewhere.url } };
    const error = await thrownBy(() => start());
    expect(error).toBeInstanceOf(z.errors.Error);
    expect(error.message).toContain('sends requests on to another address');
    expect(elsewhere.received).toEqual([]);
  });

  test.each([
    ['https://proxy.example/mj/v2/imagine', true],
    ['https://proxy.example:444/mj/v2/imagine', false],
    ['http://proxy.example/mj/v2/imagine', false],
    ['https://proxy.example.evil.com/', false],
    ['https://hooks.zapier.com/', false],
  ])('with the base URL https://proxy.example is sent to %s: %s', async (url, gets) => {
    const bundle: Bundle = {
      authData: { api_key: KEY, base_url: 'https://proxy.example' },
      inputData: {},
      inputDataRaw: {},
      meta: {
        isBulkRead: false,
        isFillingDynamicDropdown: false,
        isLoadingSample: false,
        isPopulatingDedupe: false,
        isTestingAuth: false,
        limit: -1,
        page: 0,
        timezone: null,
        inputFields: {},
      },
    };
    const request = await addApiKey({ url, headers: { accept: 'x' } }, z, bundle);
    expect(request.headers).toEqual({ accept: 'x', ...(gets && { 'X-API-Key': KEY }) });
    expect(request.redirect).toBe(gets ? 'manual' : undefined);
  });
});

describe('an answer of the service', () => {
  test('is returned unchanged when it succeeds', async () => {
    service.answer = { status: 200, body: { task_id: 'task-1' } };
    expect(await start()).toEqual({ task_id: 'task-1' });
  });

  test('that is not JSON is undefined', async () => {
    service.answer = { status: 200, body: '<html>', headers: { 'content-type': 'text/html' } };
    expect(await start()).toBeUndefined();
  });

  test('401 asks the user to reconnect', async () => {
    const error = await refusal(401, { message: 'bad key' });
    expect(error).toBeInstanceOf(z.errors.ExpiredAuthError);
    expect(error.message).toContain('PiAPI does not accept the API key.');
  });

  test('401 while connecting is an error of the test, not a request to reconnect', async () => {
    const error = await refusal(401, {}, { connecting: true });
    expect(error).not.toBeInstanceOf(z.errors.ExpiredAuthError);
    expect(error.message).toContain('PiAPI does not accept the API key.');
  });

  test.each([
    ['7', 7],
    [undefined, 60],
  ])('429 with Retry-After %s lets Zapier try again after %i seconds', async (after, delay) => {
    service.answer = { status: 429, ...(after && { headers: { 'retry-after': after } }) };
    const error = await thrownBy(() => start());
    expect(error).toBeInstanceOf(z.errors.ThrottledError);
    expect(JSON.parse(error.message)).toMatchObject({ delay });
    expect(error.message).toContain('Nothing was started');
  });

  test.each([
    [400, 'derive from origin task: parent task is outdated', 'about 3 hours'],
    [402, 'insufficient credits', 'Top it up'],
    [402, 'no', 'Top it up'],
    [402, 'invalid wallet', 'Get Account says what is left.'],
    [403, 'no access!', 'Look at the plan at the service.'],
    [403, 'Insufficient plan level', 'Look at the plan at the service.'],
    [404, '', 'Check the Task ID'],
    [400, 'job not found', 'Check the Task ID'],
    [422, 'prompt is not a string', 'Correct what it names before the next run.'],
    [500, 'Banned Prompt: blood', 'Take that word out'],
  ])('%i "%s" stops this run and leaves the Zap on', async (status, message, advice) => {
    const error = await refusal(status, { message });
    expect(error).toBeInstanceOf(z.errors.HaltedError);
    expect(error.message).toContain('PiAPI refused this step. Nothing was started.');
    expect(error.message).toContain(message.replace('!', '.'));
    expect(error.message).toContain(advice);
    expect(error.message).not.toMatch(/look at the task|Find Task/i);
  });

  test.each([
    [408, {}],
    [500, { message: 'missing upstream' }],
    [502, { error: { message: 'upstream is down' } }],
    [504, { message: 'upstream request timeout' }],
  ])('HTTP %i %j may mean that a task was started', async (status, body) => {
    const error = await refusal(status, body);
    expect(error).toBeInstanceOf(z.errors.Error);
    expect(error.message).toContain(`did not say whether the task was started (HTTP ${status})`);
    expect(error.message).not.toContain('Nothing was started');
  });

  test('429 for one of several tasks gives an error that says nothing about the others', async () => {
    const error = await refusal(429, {}, { startsTask: true, inGroup: true });
    expect(error).toBeInstanceOf(z.errors.ThrottledError);
    expect(error.message).not.toMatch(/Nothing was started|tries again by itself/);
  });

  test.each([
    [404, {}],
    [400, { message: 'task does not exist' }],
    [500, { message: 'task not found' }],
  ])('HTTP %i %j means "no such task" where the caller allows that', async (status, body) => {
    service.answer = { status, body };
    expect(await start({ mayBeMissing: true })).toBeUndefined();
  });

  test('an internal error on a read says to try again', async () => {
    const error = await refusal(500, {}, {});
    expect(error.message).toContain('Try again in a few minutes.');
    expect(error.message).not.toContain('started');
  });

  test.each([[302], [400], [401], [403], [404], [429], [500], [503]])(
    'HTTP %i shows neither body, key nor JSON to the user',
    async (status) => {
      const error = await refusal(status, {
        message: 'no',
        webhook_secret: 'S-0123456789',
        trace: ['internal.host'],
      });
      expect(error).toHaveProperty('doNotContextify', true);
      expect(error.message).not.toMatch(/S-0123456789|internal\.host|webhook_secret|trace/);
      expect(error.message).not.toContain(KEY);
    },
  );

  test('HTML instead of JSON is not shown either', async () => {
    const error = await refusal(503, '<html><b>Bad gateway</b></html>');
    expect(error.message).not.toContain('<');
  });
});

describe('an answer from elsewhere', () => {
  test('is left to the caller', async () => {
    elsewhere.answer = { status: 410 };
    const request = { url: elsewhere.url, skipThrowForStatus: true };
    expect((await z.request(request)).status).toBe(410);
    elsewhere.answer = { status: 200 };
  });

  test('from the service is left to the caller too, when it sets skipThrowForStatus', async () => {
    service.answer = { status: 404 };
    const request = { url: `${service.url}/picture.png`, skipThrowForStatus: true };
    expect((await z.request(request)).status).toBe(404);
  });
});

describe('retryAfterSeconds', () => {
  const NOW = Date.parse('2026-03-12T09:00:00Z');

  test.each([
    ['30', 30],
    [' 30 ', 30],
    ['0', 1],
    ['99999', 3600],
    ['Thu, 12 Mar 2026 09:00:45 GMT', 45],
    ['Thu, 12 Mar 2026 08:00:00 GMT', 1],
    ['Fri, 13 Mar 2026 09:00:00 GMT', 3600],
    ['soon', 60],
    ['', 60],
    [undefined, 60],
    [null, 60],
  ])('%j is %i seconds', (header, seconds) => {
    expect(retryAfterSeconds(header, NOW)).toBe(seconds);
  });
});
