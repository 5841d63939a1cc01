import { BODIES, type Client, startClient } from './client.ts';

let client: Client;
beforeEach(async () => {
  client = await startClient({ images: { width: 32, height: 32 } });
});
afterEach(() => client.apiframe.stop());

const midjourneyVideo = {
  model: 'midjourney-video',
  prompt: 'it runs',
  midjourneyVideoParams: { start_image: 'https://example.com/a.png' },
};

const result = async (id: string): Promise<object> => Object(await client.job(id)).result;
const linksIn = (value: unknown): string[] => JSON.stringify(value).match(/http[^"]+/g) ?? [];

it.each([
  ['images/generate', { images: { length: 1 } }, 'image/png'],
  ['images/upscale', { images: { length: 1 } }, 'image/png'],
  ['images/edit', { images: { length: 1 } }, 'image/png'],
  ['images/background-remove', { images: { length: 1 } }, 'image/png'],
  ['videos/generate', { videoUrl: expect.any(String) }, 'video/mp4'],
  ['videos/upscale', { videoUrl: expect.any(String) }, 'video/mp4'],
  ['videos/edit', { videoUrl: expect.any(String) }, 'video/mp4'],
])('%s gives %j, whose links are of files', async (route, shape, type) => {
  const made = await result(await client.finish(route, BODIES[route] ?? {}));
  expect(made).toMatchObject(shape);
  for (const link of linksIn(made)) {
    expect((await fetch(link)).headers.get('content-type')).toBe(type);
  }
});

it('a film of Midjourney is four films', async () => {
  const made = await result(await client.finish('videos/generate', midjourneyVideo));
  const links = linksIn(made);
  expect(made).toEqual({ videos: links });
  expect(new Set(links).size).toBe(4);
  for (const link of links) {
    expect((await fetch(link)).headers.get('content-type')).toBe('video/mp4');
  }
});

it('music is two tracks, each with a cover', async () => {
  const id = await client.finish('music/generate', { model: 'suno', prompt: 'a song' });
  const made = await result(id);
  expect(made).toEqual({
    tracks: [1, 2].map((number) => ({
      id: `${id}-${number}`,
      audioUrl: `${client.apiframe.url}/media/${id}-${number}.wav`,
      imageUrl: `${client.apiframe.url}/images/${id}.png`,
      title: 'a song',
      duration: 1,
    })),
  });
  const types = linksIn(made).map(async (link) => (await fetch(link)).headers.get('content-type'));
  expect(new Set(await Promise.all(types))).toEqual(new Set(['audio/wav', 'image/png']));
});

it.each<[string, object, string]>([
  ['images/generate', { model: 'midjourney', prompt: 'a dog' }, '.png'],
  ['images/generate', { model: 'dall-e-3', prompt: 'a dog' }, '.png'],
  ['videos/generate', midjourneyVideo, '.mp4'],
  ['music/generate', { model: 'suno', prompt: 'a dog' }, '.wav'],
])('the result of %s can be a bare link: %j', async (route, body, ending) => {
  client.apiframe.settings.bareResult = true;
  const [link = ''] = linksIn(await result(await client.finish(route, body)));
  expect(link).toContain(ending);
  expect((await fetch(link)).status).toBe(200);
});
