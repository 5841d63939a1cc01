import * as zod from 'zod/mini';
import { startLegnext } from '../../../sandbox/legnext/legnext.ts';
import type { StandIn } from '../../../sandbox/service/stand_in.ts';
import { type Hook, startHook } from '../hook.ts';
import { jsonCalls, typesIn } from '../json_calls.ts';

const created = zod.object({ job_id: zod.string().check(zod.minLength(1)) });
const unknownId = '00000000-0000-4000-8000-000000000000';

let legnext: StandIn;
let hook: Hook;
let call: ReturnType<typeof jsonCalls>;
let now = Date.now();
beforeEach(async () => {
  const webhookRetry = { attempts: 3, milliseconds: 5 };
  legnext = await startLegnext({ taskMilliseconds: 40, webhookRetry, now: () => now });
  legnext.settings.accounts.other = { name: 'Other', plan: 'free', credits: 0 };
  call = jsonCalls(`${legnext.url}/api`);
  hook = await startHook();
});
afterEach(async () => {
  await legnext.stop();
  await hook.stop();
});

const post = (operation: string, body: unknown, key?: string) =>
  call('POST', `/v1/${operation}`, body, key);

/** Starts a job and waits for its end. @returns its id */
async function finish(operation: string, body: object): Promise<string> {
  const answer = await post(operation, body);
  const { job_id } = created.parse(answer.body);
  await legnext.settled();
  return job_id;
}

const job = async (id: string): Promise<unknown> => (await call('GET', `/v1/job/${id}`)).body;
const imageUrls = ['https://example.com/a.png', 'https://example.com/b.png'];
const numbers = [0, 1, 2, 3];
const square = { width: 500, height: 500 };

it('a create is answered with the job, without an envelope', async () => {
  const answer = await post('diffusion', { text: 'a dog', callback: hook.url });
  const [job_id] = legnext.taskIds();

  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    ...{
      job_id,
      model: 'midjourney',
      task_type: 'diffusion',
      status: 'pending',
      input: { text: 'a dog' },
    },
    config: { service_mode: 'public', webhook_config: { endpoint: hook.url, secret: '' } },
    output: { image_url: '', image_urls: null, seed: '' },
    meta: { started_at: '0001-01-01T00:00:00Z', usage: { type: 'point', frozen: 80, consume: 0 } },
    error: { code: 0, message: '' },
  });
});

it('a finished grid has four images, its seed, and the follow-ups that each image allows', async () => {
  const id = await finish('diffusion', { text: 'a dog' });
  const image = `${legnext.url}/images/${id}`;
  expect(await job(id)).toMatchObject({
    ...{ job_id: id, status: 'completed', input: { text: 'a dog' } },
    output: {
      image_url: `${image}.png`,
      image_urls: numbers.map((number) => `${image}-${number + 1}.png`),
      seed: expect.stringMatching(/^\d+$/),
      available_actions: { upscale: numbers, variation: numbers, pan: [], reroll: true },
    },
    meta: { usage: { consume: 80 } },
  });
  expect((await fetch(`${image}.png`)).headers.get('content-type')).toBe('image/png');
});

it('aspect ratio and mode are read from the text', async () => {
  const id = await finish('diffusion', { text: 'a dog --ar 3:2 --turbo' });
  expect(legnext.stored(id)).toMatchObject({ aspectRatio: '3:2', processMode: 'turbo' });
});

it('the image of a follow-up is counted from 0', async () => {
  const grid = await finish('diffusion', { text: 'a dog' });
  const id = await finish('upscale', { jobId: grid, imageNo: 2, type: 0 });
  expect(legnext.stored(id)?.pictures).toEqual([legnext.stored(grid)?.pictures[2]]);
  expect(await job(id)).toMatchObject({
    task_type: 'upscale',
    output: {
      image_urls: [`${legnext.url}/images/${id}.png`],
      available_actions: { pan: [0] },
    },
  });
});

it.each([
  ['variation', { imageNo: 3, type: 1, remixPrompt: 'a cat --ar 2:3' }],
  ['reroll', {}],
  ['pan', { imageNo: 0, direction: 1, scale: 1.5 }],
  ['outpaint', { imageNo: 3, scale: 2, remixPrompt: 'a lake' }],
  ['inpaint', { imageNo: 1, mask: { url: imageUrls[0] }, remixPrompt: 'a scarf' }],
  ['inpaint', { imageNo: 1, mask: { areas: [{ ...square, points: [1, 2, 9, 2, 9, 8] }] } }],
  ['remix', { imageNo: 1, mode: 1, remixPrompt: 'a cat' }],
])('%s of a grid gives a grid', async (operation, fields) => {
  const jobId = await finish('diffusion', { text: 'a dog' });
  const id = await finish(operation, { jobId, ...fields });
  expect(await job(id)).toMatchObject({ task_type: operation, status: 'completed' });
  expect(legnext.stored(id)?.pictures).toHaveLength(4);
});

it.each([
  ['enhance', { imageNo: 3 }],
  ['upscale', { imageNo: 3, type: 3 }],
])('%s of a grid gives one picture', async (operation, fields) => {
  const jobId = await finish('diffusion', { text: 'a dog --draft' });
  const id = await finish(operation, { jobId, ...fields });
  expect(legnext.stored(id)?.pictures).toHaveLength(1);
});

it('films are four, and one that is extended or enlarged is one', async () => {
  const jobId = await finish('diffusion', { text: 'a dog --turbo' });
  const film = await finish('video-diffusion', { jobId, imageNo: 2, prompt: '--motion high' });
  const linked = await finish('video-diffusion', { prompt: `${imageUrls[0]} runs`, videoType: 1 });
  const longer = await finish('extend-video', { jobId: film, videoNo: 3 });
  const larger = await finish('video-upscale', { jobId: longer, videoNo: 0 });
  const media = (id: string, ends: string[]) =>
    ends.map((end) => `${legnext.url}/media/${id}${end}.mp4`);

  for (const id of [film, linked]) {
    expect(await job(id)).toMatchObject({
      task_type: 'video_diffusion',
      status: 'completed',
      output: {
        video_urls: media(id, ['', '-2', '-3', '-4']),
        available_actions: { extend: numbers, upscale: numbers },
      },
    });
  }
  expect(await job(longer)).toMatchObject({ output: { video_urls: media(longer, ['']) } });
  expect(await job(larger)).toMatchObject({ task_type: 'video_upscale' });
  const answer = await fetch(media(film, ['-4'])[0] ?? '');
  expect(answer.headers.get('content-type')).toBe('video/mp4');
});

it('shorten gives prompts and the one that it settles on', async () => {
  const id = await finish('shorten', { prompt: 'a very beautiful red fox in deep fresh snow' });
  expect(typesIn(await job(id))).toMatchObject({
    output: { prompts: ['string'], finalPrompt: 'string' },
  });
});

it('a picture that was given is painted anew as a grid, or cut out as one picture', async () => {
  const anew = await finish('retexture', { imgUrl: imageUrls[0], remixPrompt: 'marble' });
  const cut = await finish('remove-background', { imgUrl: imageUrls[0] });
  expect(legnext.stored(anew)?.pictures).toHaveLength(4);
  expect(await job(cut)).toMatchObject({
    task_type: 'remove_background',
    output: { image_urls: [`${legnext.url}/images/${cut}.png`] },
  });
});

it('blend gives a grid, and describe four prompts', async () => {
  const blend = await finish('blend', { imgUrls: imageUrls, aspect_ratio: '2:3' });
  expect(legnext.stored(blend)).toMatchObject({ aspectRatio: '2:3' });
  expect(legnext.stored(blend)?.pictures).toHaveLength(4);

  const describe = await finish('describe', { imgUrl: imageUrls[0] });
  expect(typesIn(await job(describe))).toMatchObject({
    output: { promptEn: 'string', description: 'string', prompts: ['string'] },
  });
});

describe('the callback', () => {
  it('is called once, at the end, with the job in data and without a secret', async () => {
    const callback = `${hook.url}?reference=row-7&secret=hush`;
    const id = await finish('diffusion', { text: 'a dog', callback });
    expect(hook.states()).toEqual(['completed']);
    expect(hook.received[0]?.headers).not.toHaveProperty('x-webhook-secret');
    expect(hook.received[0]?.body).toEqual({ timestamp: expect.any(Number), data: await job(id) });
    expect(legnext.webhooks).toMatchObject([{ url: callback, status: 'finished', answer: 200 }]);
  });

  it('is repeated until it answers 200, also for failures', async () => {
    await hook.stop();
    hook = await startHook((nth) => (nth === 1 ? 500 : 200));
    await finish('diffusion', { text: 'blood', callback: hook.url });
    expect(hook.states()).toEqual(['failed', 'failed']);
  });
});

describe('a refusal', () => {
  it.each([
    ['diffusion', {}, 'text is required'],
    ['diffusion', { text: ' ' }, 'text is required'],
    ['diffusion', { text: 'a'.repeat(8193) }, 'text must have 1 to 8192 characters'],
    ['diffusion', 'not json', 'the body must be a JSON object'],
    ['diffusion', { text: 'a', callback: 'hook' }, 'callback must be an http or https URL'],
    ['upscale', { jobId: 'x', imageNo: 4, type: 0 }, 'imageNo must be an integer from 0 to 3'],
    ['upscale', { jobId: 'x', imageNo: '1', type: 0 }, 'imageNo must be an integer from 0 to 3'],
    ['upscale', { jobId: 'x', imageNo: 1 }, 'type must be an integer from 0 to 3'],
    ['variation', { imageNo: 1, type: 0 }, 'jobId is required'],
    ['pan', { jobId: 'x', imageNo: 0, direction: 'up', scale: 2 }, 'direction must be an integer'],
    ['pan', { jobId: 'x', imageNo: 0, direction: 0, scale: 1 }, 'scale must be a number from 1.1'],
    ['outpaint', { jobId: 'x', imageNo: 0, scale: 2.5 }, 'scale must be a number from 1.1 to 2'],
    ['inpaint', { jobId: 'x', imageNo: 0, mask: 'aGk=' }, 'mask must hold areas or a url'],
    [
      'inpaint',
      { jobId: 'x', imageNo: 0, mask: { areas: [{ ...square, points: [1, 2, 501, 2, 9, 8] }] } },
      'mask.areas.0 must have its points within its width and height',
    ],
    [
      'inpaint',
      { jobId: 'x', imageNo: 0, mask: { areas: [{ width: 499, height: 500, points: [] }] } },
      'mask.areas.0.width must be an integer from 500 to 4096',
    ],
    ['describe', { imgUrl: 'a.png' }, 'imgUrl must be an http(s) URL'],
    ['remix', { jobId: 'x', imageNo: 0, mode: 0 }, 'remixPrompt is required'],
    [
      'remix',
      { jobId: 'x', imageNo: 0, mode: '0', remixPrompt: 'a' },
      'mode must be an integer from 0 to 1',
    ],
    ['enhance', { jobId: 'x' }, 'imageNo must be an integer from 0 to 3'],
    ['retexture', { imgUrl: imageUrls[0] }, 'remixPrompt is required'],
    ['remove-background', {}, 'imgUrl is required'],
    ['shorten', { prompt: '' }, 'prompt is required'],
    ['video-diffusion', { prompt: 'a dog runs' }, 'a prompt that begins with the URL of a picture'],
    ['video-diffusion', { jobId: 'x', imageNo: '0' }, 'must hold jobId and imageNo'],
    ['video-diffusion', { jobId: 'x', imageNo: 0, videoType: 2 }, 'videoType is 0 or 1'],
    ['extend-video', { jobId: 'x', videoNo: '0' }, 'videoNo must be an integer from 0 to 3'],
    ['video-upscale', { jobId: 'x', videoNo: 4 }, 'videoNo must be an integer from 0 to 3'],
    ['blend', { imgUrls: ['https://a.b/c'], aspect_ratio: '1:1' }, 'imgUrls must hold 2 to 5 URLs'],
    ['blend', { imgUrls: imageUrls, aspect_ratio: '9:16' }, 'aspect_ratio must be one of 2:3'],
  ])('of %s with a wrong field has a code and a message: %j', async (operation, body, message) => {
    expect(await post(operation, body)).toMatchObject({
      status: 400,
      body: { code: 400, message: expect.stringContaining(message), detail: null },
    });
    expect(legnext.taskIds()).toEqual([]);
  });

  const refusedJob = (reason: string) => ({
    status: 400,
    body: {
      ...{ job_id: '', status: 'failed' },
      error: { code: 400, message: `derive from origin task: parent task ${reason}` },
    },
  });
  const upscale = (jobId: string, imageNo = 0, key?: string) =>
    post('upscale', { jobId, imageNo, type: 0 }, key);

  it('of a follow-up has the shape of a job', async () => {
    const grid = await finish('diffusion', { text: 'a dog' });
    expect(await upscale(unknownId)).toMatchObject(refusedJob('not found'));
    expect(await upscale(grid, 0, 'other')).toMatchObject(refusedJob('not found'));
    const single = await finish('upscale', { jobId: grid, imageNo: 0, type: 0 });
    expect(await upscale(single, 1)).toMatchObject(refusedJob('has no image 1'));
  });

  it('is given to follow-ups of a film as a picture, and of a picture as a film', async () => {
    const grid = await finish('diffusion', { text: 'a dog --turbo' });
    const film = await finish('video-diffusion', { jobId: grid, imageNo: 0 });
    const longer = await finish('extend-video', { jobId: film, videoNo: 0 });
    expect(await upscale(film)).toMatchObject(refusedJob('has no image 0'));
    expect(await post('extend-video', { jobId: grid, videoNo: 0 })).toMatchObject(
      refusedJob('has no video 0'),
    );
    expect(await post('video-upscale', { jobId: longer, videoNo: 1 })).toMatchObject(
      refusedJob('has no video 1'),
    );
  });

  it.each(['edit', 'upload-paint'])(
    'is given to %s, which no usual plan has',
    async (operation) => {
      expect(await post(operation, {})).toMatchObject({
        status: 403,
        body: { job_id: '', status: 'failed', error: { code: 403 } },
      });
    },
  );

  it('is given to accounts without a balance', async () => {
    expect(await post('diffusion', { text: 'a dog' }, 'other')).toMatchObject({
      status: 402,
      body: { job_id: '', error: { code: 402, message: 'insufficient balance' } },
    });
    expect(legnext.taskIds()).toEqual([]);
  });

  it('is given to follow-ups three days after the parent was made', async () => {
    const grid = await finish('diffusion', { text: 'a dog' });
    now += 71 * 3600 * 1000;
    expect((await upscale(grid)).status).toBe(200);
    now += 2 * 3600 * 1000;
    expect(await upscale(grid)).toMatchObject(refusedJob('is outdated'));
  });

  it('is given to a wrong key, an unknown job and an unknown operation', async () => {
    const id = await finish('diffusion', { text: 'a dog' });
    expect(await post('diffusion', { text: 'a' }, 'wrong')).toMatchObject({
      status: 401,
      body: { code: 401, message: 'Invalid API key' },
    });
    expect((await call('GET', `/v1/job/${unknownId}`)).status).toBe(404);
    expect((await call('GET', `/v1/job/${id}`, undefined, 'other')).status).toBe(404);
    expect((await post('seed', { jobId: id })).status).toBe(404);
    expect((await post('cancel', { jobId: id })).status).toBe(404);
  });
});

it('a banned prompt is accepted and fails later, with its reason as the message', async () => {
  const id = await finish('diffusion', { text: 'a knight covered in blood' });
  expect(await job(id)).toMatchObject({
    status: 'failed',
    error: { code: 10000, message: 'Banned Prompt: blood' },
    meta: { usage: { consume: 0 } },
  });
});

it('the balance has the remaining dollars, credits and points', async () => {
  const answer = await call('GET', '/account/balance');
  expect(answer).toMatchObject({ status: 200, body: { code: 200 } });
  expect(typesIn(answer.body)).toMatchObject({
    data: {
      account_id: 'string',
      balance_usd: 'number',
      available_credits: 'number',
      available_points: 'number',
    },
  });
  expect((await call('GET', '/account/balance', undefined, '')).status).toBe(401);
});
