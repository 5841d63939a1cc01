import { SANDBOX_KEY } from '../../../sandbox/service/settings.ts';
import { BODIES, type Client, startClient, UNKNOWN_ID } from './client.ts';

let client: Client;
beforeEach(async () => {
  client = await startClient();
});
afterEach(() => client.apiframe.stop());

const midjourney = { model: 'midjourney', prompt: 'a dog' };
const image = 'https://example.com/a.png';
const video = { model: 'midjourney-video', prompt: 'it runs' };

it.each(Object.entries(BODIES))(
  'POST /v2/%s accepts a job and answers with its id',
  async (route, body) => {
    const id = await client.create(route, body);
    expect(client.apiframe.stored(id)).toMatchObject({ operation: { name: route } });
    expect(client.apiframe.creates).toMatchObject([{ path: `/v2/${route}`, status: 202 }]);
  },
);

it('Midjourney takes an aspect ratio, and its film an image, a motion and a resolution', async () => {
  const params = { midjourneyParams: { aspect_ratio: '3:2' } };
  const picture = await client.create('images/generate', { ...midjourney, ...params });
  await client.create('videos/generate', {
    ...video,
    midjourneyVideoParams: { start_image: image, motion: 'high', resolution: 'hd' },
  });
  expect(client.apiframe.stored(picture)?.aspectRatio).toBe('3:2');
});

const start_image = image;
const all = 'videos/generate';
const mask = 'a'.repeat(12_000_001);
const pan = { action: 'pan', parentJobId: UNKNOWN_ID };
const upsample = { action: 'upsample', parentJobId: UNKNOWN_ID };
const extend = { action: 'extend', parentJobId: UNKNOWN_ID };
const option = (...values: string[]) =>
  `Invalid option: expected one of ${values.map((value) => `"${value}"`).join('|')}`;
const expected = (type: string, received: string) =>
  `Invalid input: expected ${type}, received ${received}`;

describe('a body is refused with what is wrong by field, in the words of zod', () => {
  it.each<[string, unknown, string, string]>([
    ['images/generate', 'not json', '', expected('object', 'string')],
    ['images/generate', { model: 'midjourney' }, 'prompt', expected('string', 'undefined')],
    [
      'images/generate',
      { ...midjourney, prompt: '' },
      'prompt',
      'Too small: expected string to have >=1 characters',
    ],
    [
      'images/generate',
      { ...midjourney, prompt: 'a'.repeat(2001) },
      'prompt',
      'Too big: expected string to have <=2000 characters',
    ],
    [
      'images/generate',
      { model: 'wan-image-2.7', prompt: 'a'.repeat(5001) },
      'prompt',
      'Too big: expected string to have <=5000 characters',
    ],
    ['images/generate', { ...midjourney, seed: 7 }, '', 'Unrecognized key: "seed"'],
    ['images/generate', { ...midjourney, fluxParams: {} }, '', 'Unrecognized key: "fluxParams"'],
    [
      'images/generate',
      { ...midjourney, midjourneyParams: { seed: 7, style: 'raw' } },
      'midjourneyParams',
      'Unrecognized keys: "seed", "style"',
    ],
    [
      'images/generate',
      { ...midjourney, midjourneyParams: { aspect_ratio: 'wide' } },
      'midjourneyParams.aspect_ratio',
      'Invalid string: must match pattern /^\\d+:\\d+$/',
    ],
    ['images/generate', { ...midjourney, webhookUrl: 'hook' }, 'webhookUrl', 'Invalid URL'],
    [
      'images/generate',
      { ...midjourney, webhookEvents: [] },
      'webhookEvents',
      'Too small: expected array to have >=1 items',
    ],
    [
      'images/generate',
      { ...midjourney, webhookEvents: ['started'] },
      'webhookEvents.0',
      option('progress', 'completed', 'failed'),
    ],
    [
      'images/generate',
      { model: 'flux-2-pro', prompt: 'a', fluxParams: 7 },
      'fluxParams',
      expected('object', 'number'),
    ],
    [
      'images/generate',
      { model: 'flux-lora', prompt: 'a' },
      'fluxLoraParams',
      expected('object', 'undefined'),
    ],
    [
      'images/upscale',
      { ...BODIES['images/upscale'], prompt: 'a dog' },
      '',
      'Unrecognized key: "prompt"',
    ],
    [all, video, 'midjourneyVideoParams', expected('object', 'undefined')],
    [
      all,
      { ...video, midjourneyVideoParams: { start_image: 'a.png' } },
      'midjourneyVideoParams.start_image',
      'Invalid URL',
    ],
    [
      all,
      { ...video, midjourneyVideoParams: { start_image, motion: 'fast' } },
      'midjourneyVideoParams.motion',
      option('low', 'high'),
    ],
    [
      all,
      { ...video, midjourneyVideoParams: { start_image, resolution: '4k' } },
      'midjourneyVideoParams.resolution',
      option('sd', 'hd'),
    ],
    ['images/midjourney/action', { ...upsample, index: 5 }, 'index', 'Invalid input'],
    ['images/midjourney/action', { ...upsample, index: '1' }, 'index', 'Invalid input'],
    ['images/midjourney/action', upsample, 'index', 'Invalid input'],
    [
      'images/midjourney/action',
      { ...upsample, index: 1, prompt: 'a' },
      '',
      'Unrecognized key: "prompt"',
    ],
    [
      'images/midjourney/action',
      { ...upsample, index: 1, parentJobId: 'x' },
      'parentJobId',
      'Invalid UUID',
    ],
    [
      'images/midjourney/action',
      { ...pan, direction: 'in' },
      'direction',
      option('up', 'down', 'left', 'right'),
    ],
    [
      'images/midjourney/action',
      { ...pan, action: 'outpaint', zoomRatio: 1.2 },
      'zoomRatio',
      'Invalid input',
    ],
    [
      'images/midjourney/action',
      { ...pan, action: 'inpaint', mask: '' },
      'mask',
      'Too small: expected string to have >=1 characters',
    ],
    [
      'images/midjourney/action',
      { ...pan, action: 'inpaint', mask },
      'mask',
      'Too big: expected string to have <=12000000 characters',
    ],
    [
      'music/suno/action',
      { ...extend, continueAt: 0 },
      'continueAt',
      'Too small: expected number to be >=0.01',
    ],
    [
      'music/suno/action',
      { ...extend, action: 'add_vocals' },
      'prompt',
      expected('string', 'undefined'),
    ],
  ])('%s: %j', async (route, body, path, message) => {
    expect(await client.post(route, body)).toMatchObject({
      status: 400,
      body: { error: 'Validation failed', details: { [path]: [message] } },
    });
    expect(client.apiframe.taskIds()).toEqual([]);
    expect(client.credits()).toBe(1000);
  });

  it.each([
    ['images/generate', { model: 'kling-2.6', prompt: 'a' }, 'model'],
    ['images/generate', {}, 'model'],
    ['images/midjourney/action', { ...upsample, action: 'reroll' }, 'action'],
  ])('%s does not know %j', async (route, body, field) => {
    expect(await client.post(route, body)).toMatchObject({
      status: 400,
      body: { details: { [field]: [expect.stringMatching(/^Invalid discriminator value/)] } },
    });
  });
});

describe('a call is refused', () => {
  it('without a key, with a wrong one, and with one in another header', async () => {
    const body = { ...midjourney };
    const missing = { status: 401, body: { error: 'API key is required' } };
    const wrong = { status: 401, body: { error: 'Invalid API key' } };
    const authorization = `Bearer ${SANDBOX_KEY}`;
    expect(await client.post('images/generate', body, '')).toMatchObject(missing);
    expect(await client.post('images/generate', body, '', { authorization })).toMatchObject(
      missing,
    );
    expect(await client.post('images/generate', body, 'constructor')).toMatchObject(wrong);
    expect(await client.get('me', 'wrong')).toMatchObject(wrong);
    expect(await client.get('jobs', '')).toMatchObject(missing);
    expect(client.apiframe.taskIds()).toEqual([]);
  });

  it('as the settings say, with Retry-After', async () => {
    const body = { error: 'Too many requests' };
    client.apiframe.settings.refuse = { status: 429, body, retryAfter: '7', times: 1 };
    const { status, headers, ...answer } = await client.post('images/generate', midjourney);
    expect([status, headers.get('retry-after'), answer.body]).toEqual([429, '7', body]);
    await client.create('images/generate', midjourney);
  });

  it('where there is no such route', async () => {
    expect(await client.post('images/midjourney/describe', {})).toMatchObject({
      status: 404,
      body: { error: 'Not found' },
    });
  });
});

describe('credits', () => {
  it.each<[number, string, object]>([
    [16, 'images/generate', midjourney],
    [10, 'images/generate', { model: 'flux-2-pro', prompt: 'a' }],
    [10, 'videos/generate', { model: 'kling-2.6', prompt: 'a' }],
  ])('are taken when a job is accepted: %s for %s', async (cost, route, body) => {
    const id = await client.create(route, body);
    expect(client.credits()).toBe(1000 - cost);
    expect(await client.job(id)).toMatchObject({ creditCost: cost });
  });

  it('are taken less for an upsample, and for a follow-up on a song', async () => {
    const grid = await client.imagine();
    await client.followUp('upsample', grid, { index: 1 });
    expect(client.credits()).toBe(1000 - 16 - 4);
    const parentJobId = await client.finish('music/generate', { model: 'suno', prompt: 'a' });
    await client.create('music/suno/action', { action: 'cover', parentJobId });
    expect(client.credits()).toBe(1000 - 16 - 4 - 10 - 11);
  });

  it('that do not suffice refuse the job and say how many it needs', async () => {
    client.apiframe.settings.accounts[SANDBOX_KEY] = { name: 'A', plan: 'pro', credits: 3 };
    expect(await client.post('images/generate', midjourney)).toMatchObject({
      status: 402,
      body: { error: 'Insufficient credits', creditsRequired: 16, creditsAvailable: 3 },
    });
    expect(client.credits()).toBe(3);
    expect(client.apiframe.taskIds()).toEqual([]);
  });

  it('are given back when the job fails', async () => {
    const id = await client.imagine({ prompt: 'blood' });
    expect(client.credits()).toBe(1000);
    expect(await client.job(id)).toMatchObject({ status: 'FAILED', creditCost: 0 });
  });
});

describe('a job that was accepted fails later', () => {
  const failed = (error: unknown) => ({ status: 'FAILED', error, result: null, creditCost: 0 });

  it('for a banned word', async () => {
    const id = await client.imagine({ prompt: 'a Blood-red moon' });
    expect(await client.job(id)).toMatchObject(failed('Image denied by the image filters'));
  });

  it('for want of capacity, so many times as the settings say', async () => {
    client.apiframe.settings.noCapacity = 1;
    const [first, second] = [await client.imagine(), await client.imagine()];
    expect(await client.job(first)).toMatchObject(
      failed('No available capacity — please retry shortly'),
    );
    expect(await client.job(second)).toMatchObject({ status: 'COMPLETED' });
  });

  it('for a file that cannot be downloaded', async () => {
    const id = await client.finish('images/upscale', {
      model: 'topaz-image-upscale',
      topazUpscaleParams: { image: 'https://nowhere.invalid/a.png' },
    });
    expect(await client.job(id)).toMatchObject(
      failed(expect.stringMatching(/^Provider returned an error/)),
    );
  });
});
