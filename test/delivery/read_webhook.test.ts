import type { ZObject } from 'zapier-platform-core';
import { readWebhook } from '../../delivery/read_webhook.ts';
import { callbackSecret, hookSecret, managementToken } from '../../delivery/secret.ts';
import { readConnection } from '../../services/connection.ts';
import finished from '../fixtures/piapi_v2/imagine_finished.json' with { type: 'json' };
import { logOf, thrownBy, zOf } from '../support/z.ts';

const SECRET = callbackSecret('key-1');
const OWN_SECRET = hookSecret('key-1', 'https://hooks.zapier.example/own/');
const CONTENT = JSON.stringify(finished);
const RUNNING = JSON.stringify({ ...finished, status: 'processing' });

let z: ZObject;
let log: string[];
beforeEach(async () => {
  z = await zOf();
  log = logOf(z);
});

const connection = () => readConnection(z, { api_key: 'key-1' });
const read = (request: {
  headers?: Record<string, string>;
  querystring?: string;
  content?: string;
}) =>
  readWebhook(
    z,
    { method: 'POST', headers: { 'Http-X-Webhook-Secret': SECRET }, content: CONTENT, ...request },
    connection(),
    OWN_SECRET,
  );

test('a genuine webhook is read, and its body is kept unchanged', () => {
  const content = ` ${CONTENT}\n`;
  expect(read({ content })).toEqual({
    task: expect.objectContaining({ id: finished.task_id, status: 'finished' }),
    reference: '',
    operation: '',
    signature: '',
    forwarded: false,
    resume: '',
    content,
  });
  expect(log).toEqual([]);
});

test.each([
  ['Http-X-Webhook-Secret'],
  ['x-webhook-secret'],
  ['X-WEBHOOK-SECRET'],
  ['http-x-webhook-secret'],
])('the secret is found in the header %s', (name) => {
  expect(read({ headers: { 'Content-Type': 'application/json', [name]: SECRET } })).toBeDefined();
});

test.each([
  ['missing', {}],
  ['empty', { 'Http-X-Webhook-Secret': '' }],
  ['of another account', { 'Http-X-Webhook-Secret': callbackSecret('key-2') }],
  ['the API key', { 'Http-X-Webhook-Secret': 'key-1' }],
  ['in another header', { 'X-My-X-Webhook-Secret': SECRET }],
  ['of another case', { 'Http-X-Webhook-Secret': SECRET.toLowerCase() }],
])('a secret that is %s yields no event and one line in the log', (_state, headers) => {
  expect(read({ headers })).toBeUndefined();
  expect(log).toHaveLength(1);
  expect(log.join()).not.toContain(SECRET);
});

test.each([
  ['', 'It is not JSON.'],
  ['{"task_id":', 'It is not JSON.'],
  ['task_id=1', 'It is not JSON.'],
  ['[]', 'It has no task_id.'],
  ['{}', 'It has no task_id.'],
  ['null', 'It has no task_id.'],
  [`"${'x'.repeat(1_000_000)}"`, 'It has no task_id.'],
  [JSON.stringify(Array(1_000_000).fill(0)), 'It is larger than any task.'],
])('a body that is no task yields no event: %.20s', (content, reason) => {
  expect(read({ content })).toBeUndefined();
  expect(log).toEqual([`Ignored a webhook whose body is no task. ${reason}`]);
});

test('the parameters of the URL are read', () => {
  expect(read({ querystring: 'reference=row%207%20%26%20more&forwarded=1' })).toMatchObject({
    reference: 'row 7 & more',
    forwarded: true,
  });
  expect(read({ querystring: 'other=1' })).toMatchObject({ reference: '', forwarded: false });
});

describe('the secret of a service that has no header for it', () => {
  test('is read from the URL', () => {
    expect(read({ headers: {}, querystring: `secret=${SECRET}` })).toBeDefined();
    expect(read({ headers: {}, querystring: 'secret=guessed' })).toBeUndefined();
  });

  test('does not stand in for a wrong one in the header', () => {
    const headers = { 'x-webhook-secret': 'guessed' };
    expect(read({ headers, querystring: `secret=${SECRET}` })).toBeUndefined();
    expect(log).toHaveLength(1);
  });
});

test('the secret of this very hook is taken, that of another hook of the same key is not', () => {
  const other = hookSecret('key-1', 'https://hooks.zapier.example/other/');
  expect(read({ headers: { 'Http-X-Webhook-Secret': OWN_SECRET } })).toBeDefined();
  expect(read({ headers: { 'Http-X-Webhook-Secret': other } })).toBeUndefined();
  expect(log).toHaveLength(1);
});

test('the key and its secrets are cut out of what the service says of a failure', () => {
  const reason = `key-1, ${managementToken('key-1')} and ${SECRET} may not do that`;
  const content = JSON.stringify({
    task_id: 'task-1',
    status: 'failed',
    task_result: { error_messages: [reason] },
  });
  const webhook = read({ content, headers: { 'Http-X-Webhook-Secret': OWN_SECRET } });

  expect(webhook?.task.errorMessage).toBe('…, … and … may not do that');
  expect(webhook?.content).not.toMatch(/key-1/);
});

test('a quiet webhook yields an event at the end, and none for progress', () => {
  expect(read({ querystring: 'quiet=1' })).toMatchObject({ task: { status: 'finished' } });
  expect(read({ querystring: 'quiet=1', content: RUNNING })).toBeUndefined();
  expect(read({ content: RUNNING })).toMatchObject({ task: { status: 'processing' } });
  expect(log).toEqual([]);
});

test('a ping yields no event and no log line', () => {
  expect(read({ querystring: 'ping=1', headers: {}, content: '{}' })).toBeUndefined();
  expect(log).toEqual([]);
});

test('no request at all yields no event', () => {
  expect(readWebhook(z, undefined, connection(), OWN_SECRET)).toBeUndefined();
  expect(readWebhook(z, {}, connection(), OWN_SECRET)).toBeUndefined();
});

test('an error that the body did not cause is thrown on', async () => {
  const service = {
    ...connection().service,
    readCallback: () => {
      throw new TypeError('a bug');
    },
  };
  const error = await thrownBy(() =>
    readWebhook(
      z,
      { headers: { 'x-webhook-secret': SECRET }, content: CONTENT },
      { ...connection(), service },
      OWN_SECRET,
    ),
  );
  expect(error).toBeInstanceOf(TypeError);
});
