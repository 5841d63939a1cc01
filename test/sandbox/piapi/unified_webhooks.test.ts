import { readFileSync } from 'node:fs';
import { type Hook, startHook } from '../hook.ts';
import { typesIn } from '../json_calls.ts';
import { type Client, startClient } from './client.ts';

let client: Client;
let hook: Hook;
beforeEach(async () => {
  client = await startClient({
    progressSteps: [0, 31, 62],
    webhookRetry: { attempts: 3, milliseconds: 5 },
  });
  hook = await startHook();
});
afterEach(async () => {
  await client.piapi.stop();
  await hook.stop();
});

const webhookTo = (secret = 'hush') => ({
  config: { webhook_config: { endpoint: hook.url, secret } },
});

it.each(['imagine', 'upscale'])(
  '%s reports progress without a request for it',
  async (task_type) => {
    const origin_task_id = await client.unified.finish('imagine', { prompt: 'a dog' });
    await client.unified.finish(
      task_type,
      { prompt: 'a dog', origin_task_id, index: '1' },
      webhookTo(),
    );
    expect(hook.states()).toEqual([
      ...['processing 0', 'processing 31', 'processing 62'],
      'completed 100',
    ]);
  },
);

it.each(['reroll', 'describe'])('%s reports only its end', async (task_type) => {
  const origin_task_id = await client.unified.finish('imagine', { prompt: 'a dog' });
  const image_url = 'https://example.com/a.png';
  await client.unified.finish(task_type, { origin_task_id, image_url }, webhookTo());
  expect(hook.received).toMatchObject([{ body: { data: { task_type, status: 'completed' } } }]);
});

it('a body has at least the keys of a recorded one, and the task in data', async () => {
  const path = 'test/fixtures/piapi_unified/webhook_processing.json';
  const recorded: unknown = JSON.parse(readFileSync(path, 'utf8'));
  await client.unified.finish('imagine', { prompt: 'a lighthouse' }, webhookTo('123456'));
  expect(typesIn(hook.received[1]?.body)).toMatchObject(Object(typesIn(recorded)));
});

it('the secret comes back in the header and in the body', async () => {
  const id = await client.unified.finish('imagine', { prompt: 'a dog' }, webhookTo());
  const last = hook.received.at(-1);
  expect(last?.headers).toMatchObject({ 'x-webhook-secret': 'hush' });
  expect(last?.body).toEqual({
    timestamp: expect.any(Number),
    data: Object((await client.unified.get(id)).body).data,
  });
  expect(last?.body).toMatchObject({ data: { config: { webhook_config: { secret: 'hush' } } } });
});

it('a task that was created through v2 reports in the format of v2', async () => {
  const id = await client.finish('imagine', { prompt: 'a dog', webhook_endpoint: hook.url });
  expect(hook.received).toMatchObject([{ body: { task_id: id, status: 'finished' } }]);
});

const noImages = { image_url: null, image_urls: null, temporary_image_urls: null };

it('the end can be sent without images first', async () => {
  client.piapi.settings.imagelessEnd = 'first';
  const id = await client.unified.finish('reroll', await aParent(), webhookTo());
  expect(hook.states()).toEqual(['completed 100', 'completed 100']);
  expect(hook.received).toMatchObject([
    { body: { data: { task_id: id, output: noImages } } },
    { body: { data: { output: { image_url: `${client.piapi.url}/images/${id}.png` } } } },
  ]);
});

it('the end can be sent only without images, while the task itself has them', async () => {
  client.piapi.settings.imagelessEnd = 'only';
  const id = await client.unified.finish('reroll', await aParent(), webhookTo());
  expect(hook.received).toMatchObject([{ body: { data: { output: noImages } } }]);
  expect((await client.unified.get(id)).body).toMatchObject({
    data: { output: { image_url: `${client.piapi.url}/images/${id}.png` } },
  });
});

it.each(['unified', 'v2'])(
  'the end can be sent without images while the task is still shown as running (%s)',
  async (face) => {
    client.piapi.settings.imagelessEnd = 'early';
    const input = { prompt: 'a dog' };
    const id =
      face === 'v2'
        ? await client.finish('imagine', { ...input, webhook_endpoint: hook.url })
        : await client.unified.finish('imagine', input, webhookTo());
    const [early, end] = hook.received.slice(-2).map(({ body }) => Object(body).data ?? body);
    expect(client.piapi.webhooks.slice(-2)).toMatchObject([
      { status: 'finished' },
      { status: 'finished' },
    ]);
    expect((early.output ?? early.task_result).image_url || '').toBe('');
    expect((end.output ?? end.task_result).image_url).toBe(`${client.piapi.url}/images/${id}.png`);
  },
);

it('can also report that a task was created and that its log changes, as documented', async () => {
  client.piapi.settings.webhooksOnEveryChange = true;
  const recorded = JSON.parse(
    readFileSync('test/fixtures/piapi_unified/webhook_created.json', 'utf8'),
  );
  await client.unified.finish('describe', { image_url: 'https://example.com/a.png' }, webhookTo());
  const states = hook.received.map(({ body }) => Object(body).data.status);
  expect(states).toEqual(['pending', 'processing', 'processing', 'processing', 'completed']);
  const created = Object(hook.received[0]?.body);
  expect(Object.keys(created.data)).toEqual(expect.arrayContaining(Object.keys(recorded.data)));
  expect(typesIn(created.data.meta)).toMatchObject(Object(typesIn(recorded.data.meta)));
});

it('the setting for ends without images does not affect failures', async () => {
  client.piapi.settings.imagelessEnd = 'first';
  await client.unified.finish('imagine', { prompt: 'blood' }, webhookTo());
  expect(hook.states()).toEqual(['processing 0', 'failed 0']);
});

it('faults and retries work as in v2', async () => {
  client.piapi.settings.webhookFaults = {
    ...{ duplicate: 1, delayMilliseconds: 0, reorder: false, lose: false },
  };
  await client.unified.finish('describe', { image_url: 'https://example.com/a.png' }, webhookTo());
  expect(client.piapi.webhooks).toMatchObject([
    { status: 'finished', duplicate: false, answer: 200 },
    { status: 'finished', duplicate: true, answer: 200 },
  ]);
});

async function aParent() {
  return { origin_task_id: await client.unified.finish('imagine', { prompt: 'a dog' }) };
}
