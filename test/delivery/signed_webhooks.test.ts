import { createHash, createHmac } from 'node:crypto';
import type { ZObject } from 'zapier-platform-core';
import { passedOn } from '../../delivery/passed_on.ts';
import { readWebhook } from '../../delivery/read_webhook.ts';
import { hookSecret } from '../../delivery/secret.ts';
import { readConnection } from '../../services/connection.ts';
import completed from '../fixtures/apiframe/webhook_completed.json' with { type: 'json' };
import { aWebhook } from '../support/hooks.ts';
import { logOf, zOf } from '../support/z.ts';

const KEY = 'afk_key-1';
const SECRET = hookSecret(KEY, 'https://hooks.zapier.example/own/');
const CONTENT = ` ${JSON.stringify(completed)}\n`;

const signed = (content: string, key = KEY): string => {
  const hash = createHash('sha256').update(key).digest('hex');
  return `sha256=${createHmac('sha256', hash).update(content).digest('hex')}`;
};

let z: ZObject;
let log: string[];
beforeEach(async () => {
  z = await zOf();
  log = logOf(z);
});

const read = (content: string, headers: Record<string, string>, querystring: string) =>
  readWebhook(
    z,
    { method: 'POST', headers, content, querystring },
    readConnection(z, { api_key: KEY, service: 'apiframe' }),
    SECRET,
  );

const header = 'Http-X-Webhook-Signature';

test('a signed webhook is read, and goes on with its bytes and its signature', () => {
  const received = read(CONTENT, { [header]: signed(CONTENT) }, `secret=${SECRET}`);

  expect(received).toMatchObject({ task: { id: completed.jobId }, content: CONTENT });
  expect(passedOn(received ?? aWebhook(), 'other')).toEqual({
    body: CONTENT,
    headers: { 'x-webhook-secret': 'other', 'x-webhook-signature': signed(CONTENT) },
  });
});

test('one without a signature is taken for its secret', () => {
  expect(read(CONTENT, {}, `secret=${SECRET}`)).toMatchObject({ signature: '' });
});

test.each([
  ['of another body', signed(`${CONTENT} `)],
  ['of another key', signed(CONTENT, 'afk_key-2')],
  ['that is none', 'yes'],
])('a signature %s is refused in spite of the secret', (_, signature) => {
  expect(read(CONTENT, { [header]: signature }, `secret=${SECRET}`)).toBeUndefined();
  expect(log).toEqual(['Ignored a webhook whose signature was not made for its body.']);
});

test('a signature does not stand in for the secret', () => {
  expect(read(CONTENT, { [header]: signed(CONTENT) }, '')).toBeUndefined();
  expect(read(CONTENT, { [header]: signed(CONTENT) }, 'secret=guessed')).toBeUndefined();
});

test('the raw body is judged, and a signature stays behind when something was cut from it', () => {
  const quoting = JSON.stringify({ ...completed, note: KEY });
  const received = read(quoting, { [header]: signed(quoting) }, `secret=${SECRET}`);

  expect(received).toMatchObject({ task: { id: completed.jobId }, signature: '' });
  expect(received?.content).not.toContain(KEY);
});

test('it stays behind as well where core would blank a part of the body', () => {
  const content = JSON.stringify({ ...completed, note: '{{bundle.x}}' });
  const received = read(content, { [header]: signed(content) }, `secret=${SECRET}`);
  const { body, headers } = passedOn(received ?? aWebhook(), 'other');

  expect(received?.signature).toBe(signed(content));
  expect(JSON.parse(body)).toEqual(JSON.parse(content));
  expect(headers).toEqual({ 'x-webhook-secret': 'other' });
});

test('the operation on the URL is that of the task, unless nobody knows it', () => {
  const of = (operation: string) =>
    read(CONTENT, {}, `secret=${SECRET}&operation=${operation}`)?.task.operation;

  expect(of('variation')).toBe('variation');
  expect(of('constructor')).toBe('imagine');
  expect(of('')).toBe('imagine');
});
