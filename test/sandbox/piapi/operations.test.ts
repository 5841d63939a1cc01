import { readFileSync } from 'node:fs';
import { typesIn } from '../json_calls.ts';
import { type Client, startClient } from './client.ts';

const gridActions = [
  'reroll',
  ...['upscale1', 'upscale2', 'upscale3', 'upscale4'],
  ...['variation1', 'variation2', 'variation3', 'variation4'],
];

let client: Client;
beforeEach(async () => {
  client = await startClient();
});
afterEach(() => client.piapi.stop());

describe('imagine', () => {
  it('is accepted at once and ends as a grid', async () => {
    client.piapi.settings.concurrency = 0;
    const answer = await client.post('imagine', { prompt: 'a dog', process_mode: 'fast' });
    const [id = ''] = client.piapi.taskIds();
    expect(answer).toMatchObject({
      status: 200,
      body: { task_id: id, status: 'success', message: '' },
    });
    expect(client.piapi.task(id)?.status).toBe('staged');
    client.piapi.settings.concurrency = 1;
    await client.piapi.settled();

    expect(client.piapi.task(id)).toMatchObject({
      status: 'finished',
      meta: { task_type: 'imagine', process_mode: 'fast', origin_task_id: '' },
      task_result: {
        image_url: `${client.piapi.url}/images/${id}.png`,
        image_urls: null,
        task_progress: 100,
        actions: gridActions,
      },
    });
  });

  it('echoes the request without its webhook fields', async () => {
    const sent = { prompt: ' a dog ', aspect_ratio: '16:9', process_mode: 'turbo' };
    const webhook = { webhook_endpoint: '', webhook_secret: 's', notify_progress: true };
    const id = await client.create('imagine', { ...sent, ...webhook, unknown: 1 });
    expect(client.piapi.task(id)?.meta).toMatchObject({
      task_request: { task_id: '', ...sent },
      task_param: {
        prompt: 'a dog',
        aspect_ratio: '16:9',
        index: '',
        zoom_ratio: '',
        direction: '',
      },
    });
    expect(JSON.stringify(client.piapi.task(id))).not.toMatch(/webhook|notify|unknown/);
  });

  it('takes its mode from the field, then from the prompt, and is relaxed otherwise', async () => {
    const modeOf = async (body: object) =>
      client.piapi.task(await client.create('imagine', body))?.meta.process_mode;
    expect(await modeOf({ prompt: 'a dog --fast', process_mode: 'turbo' })).toBe('turbo');
    expect(await modeOf({ prompt: 'a dog --fast' })).toBe('fast');
    expect(await modeOf({ prompt: 'a dog' })).toBe('relax');
  });
});

describe('follow-ups', () => {
  it('upscale gives the chosen picture, and what can be done with a single image', async () => {
    const grid = await client.finish('imagine', { prompt: 'a dog' });
    const id = await client.finish('upscale', { origin_task_id: grid, index: '2' });
    const task = client.piapi.task(id);
    expect(task).toMatchObject({
      status: 'finished',
      meta: { origin_task_id: grid, task_param: { prompt: 'a dog', index: '2' } },
      task_result: { image_url: `${client.piapi.url}/images/${id}.png` },
    });
    expect(task?.task_result.actions).toEqual(
      expect.arrayContaining(['upscale_subtle', 'high_variation', 'pan_left', 'inpaint']),
    );
  });

  it.each([
    ['reroll', {}],
    ['variation', { index: '4', prompt: 'a cat' }],
  ])('%s of a grid gives a grid', async (operation, fields) => {
    const origin_task_id = await client.finish('imagine', { prompt: 'a dog' });
    const id = await client.finish(operation, { origin_task_id, ...fields });
    expect(client.piapi.task(id)?.task_result.actions).toEqual(gridActions);
  });

  it.each([
    ['variation', { index: 'low_variation' }],
    ['outpaint', { zoom_ratio: '1.5' }],
    ['outpaint', { zoom_ratio: '1' }],
    ['pan', { direction: 'left' }],
    ['inpaint', { mask: 'aGVsbG8=', prompt: 'a hat' }],
  ])('%s of a single image gives a grid', async (operation, fields) => {
    const grid = await client.finish('imagine', { prompt: 'a dog' });
    const origin_task_id = await client.finish('upscale', { origin_task_id: grid, index: '1' });
    const id = await client.finish(operation, { origin_task_id, ...fields });
    expect(client.piapi.task(id)?.task_result.actions).toEqual(gridActions);
  });

  it('a second upscale depends on the model in the prompt', async () => {
    const grid = await client.finish('imagine', { prompt: 'a dog --v 5.2' });
    const origin_task_id = await client.finish('upscale', { origin_task_id: grid, index: '1' });
    expect((await client.post('upscale', { origin_task_id, index: '4x' })).status).toBe(200);
    expect((await client.post('upscale', { origin_task_id, index: 'subtle' })).status).toBe(400);
  });

  it('seed is a task of its own whose result carries the seed as a string', async () => {
    const grid = await client.finish('imagine', { prompt: 'a dog' });
    const id = await client.finish('seed', { task_id: grid });
    expect(client.piapi.task(id)).toMatchObject({
      meta: { task_type: 'seed', origin_task_id: grid },
      task_result: { seed: expect.stringMatching(/^\d+$/), image_url: '', actions: [] },
    });
  });
});

describe('operations on images', () => {
  it('describe gives four numbered prompts', async () => {
    const id = await client.finish('describe', { image_url: 'https://example.com/a.png' });
    const message = client.piapi.task(id)?.task_result.message ?? '';
    expect(message.match(/^[1-4]️⃣ .+$/gm)).toHaveLength(4);
  });

  it('blend gives a grid', async () => {
    const image_urls = ['https://example.com/a.png', 'https://example.com/b.png'];
    const id = await client.finish('blend', { image_urls, dimension: 'portrait' });
    expect(client.piapi.task(id)?.task_result.actions).toEqual(gridActions);
  });
});

it('the default task object has the keys and types of a recorded one', async () => {
  const path = 'test/fixtures/piapi_v2/imagine_finished_four_images.json';
  const recorded: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const id = await client.finish('imagine', {
    prompt: 'a dog',
    aspect_ratio: '16:9',
    process_mode: 'fast',
  });
  expect(typesIn(client.piapi.task(id))).toEqual(typesIn(recorded));
});
