import { readFileSync } from 'node:fs';
import * as zod from 'zod/mini';
import { signatureOf } from '../../../sandbox/apiframe/signature.ts';
import { SANDBOX_KEY } from '../../../sandbox/service/settings.ts';
import { type Hook, startHook } from '../hook.ts';
import { type Client, startClient } from './client.ts';

const faults = { duplicate: 0, delayMilliseconds: 0, reorder: false, lose: false };
const webhookRetry = { attempts: 3, milliseconds: 5 };

let client: Client;
let hook: Hook | undefined;
beforeEach(async () => {
  client = await startClient({ webhookRetry, progressSteps: [31, 62, 93] });
});
afterEach(async () => {
  await client.apiframe.stop();
  await hook?.stop();
  hook = undefined;
});

async function imagine(fields: object = {}, answer?: (nth: number) => number) {
  hook = await startHook(answer);
  const id = await client.imagine({ webhookUrl: `${hook.url}?ref=7`, ...fields });
  return { hook, id, job: Object(await client.job(id)) };
}

const everyEvent = { webhookEvents: ['progress', 'completed', 'failed'] };
const inOrder = ['progress 31', 'progress 62', 'progress 93', 'completed 100'];

describe('the body', () => {
  it('of the end has the fields of a completed job, in the order that is documented', async () => {
    const { hook, id, job } = await imagine();
    const { result, creditCost, completedAt } = job;
    expect(hook.received.map(({ text }) => text)).toEqual([
      JSON.stringify({
        ...{ event: 'completed', jobId: id, status: 'COMPLETED', progress: 100, result },
        ...{ model: 'midjourney', creditCost, completedAt },
      }),
    ]);
    expect(result.images).toHaveLength(4);
  });

  it('of a failure has the error, and neither progress nor costs', async () => {
    const { hook, id } = await imagine({ prompt: 'blood' });
    expect(hook.received.map(({ body }) => body)).toEqual([
      {
        ...{ event: 'failed', jobId: id, status: 'FAILED', model: 'midjourney' },
        error: 'Image denied by the image filters',
      },
    ]);
  });

  it('of progress has a number and no result', async () => {
    const { hook, id } = await imagine(everyEvent);
    expect(hook.states()).toEqual(inOrder);
    expect(hook.received[1]?.body).toEqual({
      ...{ event: 'progress', jobId: id, status: 'PROCESSING', progress: 62, model: 'midjourney' },
    });
  });
});

it('only the events that were asked for are sent', async () => {
  const { hook } = await imagine({ webhookEvents: ['completed'] });
  await client.imagine({ prompt: 'blood', webhookUrl: hook.url, webhookEvents: ['completed'] });
  await client.imagine({ prompt: 'a dog', webhookUrl: hook.url, webhookEvents: ['failed'] });
  await client.imagine({ prompt: 'blood', webhookUrl: hook.url, webhookEvents: ['failed'] });
  expect(hook.states()).toEqual(['completed 100', 'failed']);
});

it('the event is in a header, and there is no secret', async () => {
  const { hook } = await imagine(everyEvent);
  const events = hook.received.map(({ headers }) => headers['x-webhook-event']);
  expect(events).toEqual(['progress', 'progress', 'progress', 'completed']);
  expect(hook.received[0]?.headers).not.toHaveProperty('x-webhook-secret');
});

it('the job says what became of the webhook', async () => {
  const lost = await imagine({}, () => 500);
  expect(lost.job.webhookStatus).toBe('failed');
  await lost.hook.stop();
  expect((await imagine()).job.webhookStatus).toBe('delivered');

  client.apiframe.settings.taskMilliseconds = 60_000;
  const running = await client.create('images/generate', {
    ...{ model: 'midjourney', prompt: 'a dog', webhookUrl: hook?.url },
  });
  expect(await client.job(running)).toMatchObject({ webhookStatus: 'pending' });
});

describe('the signature', () => {
  const vector = zod
    .object({
      apiKey_made_up: zod.string(),
      body_utf8: zod.string(),
      variant_hextext_key: zod.string(),
      variant_rawbytes_key: zod.string(),
    })
    .parse(
      JSON.parse(
        readFileSync(
          new URL('../../fixtures/apiframe/signature_vector.json', import.meta.url),
          'utf8',
        ),
      ),
    );

  it('is the one of the example, with either key', () => {
    const { apiKey_made_up: key, body_utf8: body } = vector;
    expect(signatureOf(key, body, 'hex')).toBe(vector.variant_hextext_key);
    expect(signatureOf(key, body, 'bytes')).toBe(vector.variant_rawbytes_key);
  });

  it.each(['hex', 'bytes'] as const)('is of the body as it was sent: %s', async (signature) => {
    client.apiframe.settings.signature = signature;
    const { hook } = await imagine(everyEvent);
    for (const { headers, text } of hook.received) {
      expect(headers['x-webhook-signature']).toBe(signatureOf(SANDBOX_KEY, text, signature));
    }
    expect(hook.received).toHaveLength(4);
  });

  it('can be wrong or missing', async () => {
    client.apiframe.settings.signature = 'wrong';
    const wrong = await imagine();
    const { headers, text = '' } = wrong.hook.received[0] ?? {};
    expect(headers?.['x-webhook-signature']).toMatch(/^sha256=[0-9a-f]{64}$/);
    for (const keyedBy of ['hex', 'bytes'] as const) {
      expect(headers?.['x-webhook-signature']).not.toBe(signatureOf(SANDBOX_KEY, text, keyedBy));
    }
    await wrong.hook.stop();

    client.apiframe.settings.signature = 'none';
    const { hook } = await imagine();
    expect(hook.received[0]?.headers).not.toHaveProperty('x-webhook-signature');
    expect(hook.received[0]?.headers).toMatchObject({ 'x-webhook-event': 'completed' });
  });
});

describe('delivery', () => {
  it('goes on until a 2xx', async () => {
    const { hook } = await imagine({}, (nth) => [500, 302][nth - 1] ?? 204);
    expect(hook.states()).toEqual(Array(3).fill('completed 100'));
    expect(client.apiframe.webhooks.map(({ answer }) => answer)).toEqual([500, 302, 204]);
  });

  it('can be doubled, lost, late and out of order', async () => {
    client.apiframe.settings.webhookFaults = { ...faults, duplicate: 1 };
    const doubled = await imagine();
    expect(doubled.hook.states()).toEqual(['completed 100', 'completed 100']);
    await doubled.hook.stop();

    client.apiframe.settings.webhookFaults = { ...faults, lose: true };
    const lost = await imagine();
    expect([lost.hook.states(), lost.job.webhookStatus]).toEqual([[], 'pending']);
    await lost.hook.stop();

    client.apiframe.settings.webhookFaults = { ...faults, delayMilliseconds: 20 };
    const late = await imagine(everyEvent);
    expect(late.hook.states()).toEqual(inOrder);
    await late.hook.stop();

    client.apiframe.settings.webhookFaults = { ...faults, reorder: true };
    const { hook } = await imagine(everyEvent);
    expect(hook.states()).toEqual(['progress 93', 'progress 62', 'completed 100', 'progress 31']);
  });

  it.each(['first', 'only'] as const)('can report an end without its result: %s', async (end) => {
    client.apiframe.settings.imagelessEnd = end;
    const { hook, job } = await imagine();
    const results = hook.received.map(({ body }) => Object(body).result);
    const empty = { images: null, gridUrl: null };
    expect(results).toEqual(end === 'only' ? [empty] : [empty, job.result]);
  });
});
