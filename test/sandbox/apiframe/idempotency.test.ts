import { type Client, startClient } from './client.ts';

let client: Client;
let now: number;
beforeEach(async () => {
  now = Date.now();
  client = await startClient({ now: () => now });
});
afterEach(() => client.apiframe.stop());

const body = { model: 'midjourney', prompt: 'a dog', midjourneyParams: { aspect_ratio: '3:2' } };

const post = (
  sent: object = body,
  {
    idempotencyKey = 'row-7',
    key,
    route = 'images/generate',
  }: {
    idempotencyKey?: string;
    key?: string;
    route?: string;
  } = {},
) => client.post(route, sent, key, { 'Idempotency-Key': idempotencyKey });

const accepted = (status: string) => ({
  status: 202,
  body: { jobId: client.apiframe.taskIds()[0], status },
});

it('a create that is sent again is answered with the first job and its state now', async () => {
  expect(await post()).toMatchObject(accepted('QUEUED'));
  await client.apiframe.settled();
  const { midjourneyParams, ...rest } = body;
  expect(await post({ midjourneyParams, ...rest })).toMatchObject(accepted('COMPLETED'));
  expect(client.apiframe.taskIds()).toHaveLength(1);
  expect(client.credits()).toBe(1000 - 16);
});

it('the key with another body, or on another route, is refused', async () => {
  await post();
  const clash = { status: 409, body: { error: expect.any(String) } };
  expect(await post({ ...body, prompt: 'a cat' })).toMatchObject(clash);
  expect(await post(body, { route: 'videos/generate' })).toMatchObject(clash);
  expect(client.apiframe.taskIds()).toHaveLength(1);
});

it('each account has keys of its own, and another key is another job', async () => {
  await post();
  await post(body, { key: 'other' });
  await post(body, { idempotencyKey: 'row-8' });
  await client.create('images/generate', body);
  expect(client.apiframe.taskIds()).toHaveLength(4);
});

it('a key is forgotten after 24 hours', async () => {
  await post();
  now += 24 * 3600 * 1000 + 1;
  await post();
  expect(client.apiframe.taskIds()).toHaveLength(2);
});

it('a create that was refused keeps no key', async () => {
  expect((await post({ ...body, seed: 7 })).status).toBe(400);
  client.apiframe.settings.refuse = { status: 503, body: { error: 'Queue' }, times: 1 };
  expect((await post()).status).toBe(503);
  expect(await post()).toMatchObject(accepted('QUEUED'));
});

it('a key of more than 255 characters is refused', async () => {
  expect((await post(body, { idempotencyKey: 'a'.repeat(256) })).status).toBe(400);
  expect((await post(body, { idempotencyKey: 'a'.repeat(255) })).status).toBe(202);
});

it('when the first answer is lost the second names the job that was started', async () => {
  client.apiframe.settings.lostAnswers = 1;
  await expect(post()).rejects.toThrow();
  await client.apiframe.settled();
  expect(await post()).toMatchObject(accepted('COMPLETED'));
  expect(client.apiframe.taskIds()).toHaveLength(1);
  expect(client.apiframe.settings.lostAnswers).toBe(0);
});
