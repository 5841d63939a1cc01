import { PNG } from 'pngjs';
import { type Client, startClient } from './client.ts';

let client: Client;
beforeEach(async () => {
  client = await startClient({ images: { width: 64, height: 48 } });
});
afterEach(() => client.piapi.stop());

async function image(name: string) {
  const response = await fetch(`${client.piapi.url}/images/${name}`);
  return { status: response.status, data: Buffer.from(await response.arrayBuffer()), response };
}

async function decoded(name: string) {
  const { data, response } = await image(name);
  expect(response.headers.get('content-type')).toBe('image/png');
  return PNG.sync.read(data);
}

it('a grid and its quarters are PNGs, four different pictures', async () => {
  const id = await client.finish('imagine', { prompt: 'a dog' });
  expect(await decoded(`${id}.png`)).toMatchObject({ width: 64, height: 48 });
  const quarters = await Promise.all([1, 2, 3, 4].map((n) => decoded(`${id}-${n}.png`)));
  for (const quarter of quarters) {
    expect(quarter).toMatchObject({ width: 32, height: 24 });
  }
  expect(new Set(quarters.map(({ data }) => data.toString('base64'))).size).toBe(4);
});

it('a quarter is the same picture as that part of the grid', async () => {
  const id = await client.finish('imagine', { prompt: 'a dog' });
  const [grid, last] = [await decoded(`${id}.png`), await decoded(`${id}-4.png`)];
  const cut = new PNG({ width: 32, height: 24 });
  PNG.bitblt(grid, cut, 32, 24, 32, 24, 0, 0);
  expect(cut.data.equals(last.data)).toBe(true);
});

it('an image has the same bytes each time', async () => {
  const id = await client.finish('imagine', { prompt: 'a dog' });
  const [once, again] = [await image(`${id}.png`), await image(`${id}.png?ex=1`)];
  expect(once.data.equals(again.data)).toBe(true);
});

it('an upscale is one picture', async () => {
  const grid = await client.finish('imagine', { prompt: 'a dog' });
  const id = await client.finish('upscale', { origin_task_id: grid, index: '3' });
  expect(await decoded(`${id}.png`)).toMatchObject({ width: 64, height: 48 });
  expect((await image(`${id}-1.png`)).status).toBe(404);
});

it('previews exist before the image does', async () => {
  client.piapi.settings.taskMilliseconds = 60_000;
  const id = await client.create('imagine', { prompt: 'a dog' });
  expect(await decoded(`${id}-p46.png`)).toMatchObject({ width: 64, height: 48 });
  expect((await image(`${id}.png`)).status).toBe(404);
});

it('there is no image for descriptions, unknown tasks and other names', async () => {
  const id = await client.finish('describe', { image_url: 'https://example.com/a.png' });
  expect((await image(`${id}.png`)).status).toBe(404);
  expect((await image('00000000-0000-4000-8000-000000000000.png')).status).toBe(404);
  expect((await image('x.png')).status).toBe(404);
});

it('expired images answer 403', async () => {
  const id = await client.finish('imagine', { prompt: 'a dog' });
  client.piapi.settings.expireImages = true;
  expect((await image(`${id}.png`)).status).toBe(403);
});
