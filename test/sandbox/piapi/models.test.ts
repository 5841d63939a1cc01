import { PNG } from 'pngjs';
import * as zod from 'zod/mini';
import { startHook } from '../hook.ts';
import { type Client, startClient } from './client.ts';

let client: Client;
beforeEach(async () => {
  client = await startClient();
});
afterEach(() => client.piapi.stop());

const read = zod.object({ data: zod.object({ output: zod.record(zod.string(), zod.unknown()) }) });

/** The first link to this kind of file in the output of a task of this model. */
async function linkOf(model: string, kind: string): Promise<string> {
  const id = await client.unified.finish('any_task', { prompt: 'a dog' }, { model });
  const { output } = read.parse((await client.unified.get(id)).body).data;
  const links = JSON.stringify(output).match(/http[^"]+/g) ?? [];
  return links.find((link) => link.endsWith(kind)) ?? '';
}

async function download(link: string) {
  const response = await fetch(link);
  const content = Buffer.from(await response.arrayBuffer());
  return { status: response.status, type: response.headers.get('content-type'), content };
}

it.each(['Qubico/flux1-schnell', 'a-model-nobody-knows'])('%s makes a picture', async (model) => {
  const { type, content } = await download(await linkOf(model, '.png'));
  expect(type).toBe('image/png');
  expect(PNG.sync.read(content)).toMatchObject({ width: 256, height: 256 });
});

it.each(['kling', 'luma', 'hailuo', 'veo3'])('%s makes a film', async (model) => {
  const { type, content } = await download(await linkOf(model, '.mp4'));
  expect(type).toBe('video/mp4');
  expect(content.subarray(4, 12).toString()).toBe('ftypisom');
});

it.each(['music-u', 'suno', 'Qubico/ace-step'])('%s makes music', async (model) => {
  const { type, content } = await download(await linkOf(model, '.wav'));
  expect(type).toBe('audio/wav');
  expect(content.toString('latin1', 0, 4)).toBe('RIFF');
  expect(content.toString('latin1', 8, 16)).toBe('WAVEfmt ');
  expect(content.readUInt32LE(4)).toBe(content.length - 8);
});

it('any input of a model that is in no catalogue is accepted and returned unchanged', async () => {
  const input = { prompt: 'a dog', camera: { zoom: [1, 2] } };
  const id = await client.unified.finish('video_generation', input, { model: 'kling-99' });
  expect((await client.unified.get(id)).body).toMatchObject({
    data: { model: 'kling-99', task_type: 'video_generation', status: 'completed', input },
  });
});

it.each([
  [{ image: 'https://a.example/1.png', scale: 11 }, 'input.scale '],
  [{ image: 'https://a.example/1.png', size: 2 }, 'size'],
  [{ scale: 2 }, 'input.image '],
  [{ image: 'a dog' }, 'input.image '],
])('a model of the catalogue refuses %j', async (input, words) => {
  const answer = await client.unified.post({
    model: 'Qubico/image-toolkit',
    task_type: 'upscale',
    input,
  });
  expect(answer.status).toBe(400);
  expect(JSON.stringify(answer.body)).toContain(words);
});

it('no links and files exist before the end', async () => {
  client.piapi.settings.taskMilliseconds = 60_000;
  for (const model of ['flux', 'kling', 'luma', 'suno', 'ace-step']) {
    const id = await client.unified.create('any_task', {}, { model });
    const { output } = read.parse((await client.unified.get(id)).body).data;
    expect(JSON.stringify(output)).not.toContain('http');
    expect((await download(`${client.piapi.url}/media/${id}.mp4`)).status).toBe(404);
  }
});

it('only the end is reported', async () => {
  const hook = await startHook();
  const config = { webhook_config: { endpoint: hook.url } };
  await client.unified.finish('imagine', { prompt: 'a dog' }, { model: 'flux', config });
  await hook.stop();
  expect(hook.states()).toEqual(['completed']);
});

it('a banned prompt fails with other models too', async () => {
  const id = await client.unified.finish('txt2img', { prompt: 'blood' }, { model: 'flux' });
  expect((await client.unified.get(id)).body).toMatchObject({
    data: { status: 'failed', error: { code: 10000, raw_message: 'Banned Prompt: blood' } },
  });
});

it('v2 does not know tasks of other models', async () => {
  const id = await client.unified.finish('txt2img', { prompt: 'a dog' }, { model: 'flux' });
  expect((await client.post('fetch', { task_id: id })).status).toBe(404);
});

it('there are no films for pictures and unknown tasks, and none once they have expired', async () => {
  const picture = await client.unified.finish('imagine', { prompt: 'a dog' });
  const film = await linkOf('kling', '.mp4');
  expect((await download(`${client.piapi.url}/media/${picture}.mp4`)).status).toBe(404);
  expect((await download(`${client.piapi.url}/media/x.mp4`)).status).toBe(404);
  client.piapi.settings.expireImages = true;
  expect((await download(film)).status).toBe(403);
});
