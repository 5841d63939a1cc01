import { type Client, pngOf, startClient, UNKNOWN_ID } from './client.ts';

let client: Client;
let now: number;
beforeEach(async () => {
  now = Date.now();
  client = await startClient({ now: () => now, images: { width: 64, height: 48 } });
});
afterEach(() => client.apiframe.stop());

const ofGrid = [
  ['upsample', { index: 2 }],
  ['variation', { index: 4 }],
] as const;
const mask = pngOf(64, 48);
const ofUpsample = [
  ['inpaint', { mask, prompt: 'a small red boat' }],
  ['inpaint', { mask: `data:image/png;base64,${mask}` }],
  ['outpaint', { zoomRatio: 1.5 }],
  ['outpaint', { zoomRatio: 2 }],
  ['pan', { direction: 'left' }],
] as const;

const refusal = (status: number, error: unknown) => ({ status, body: { error } });
const notFound = refusal(404, 'Job not found');
const gone = refusal(409, 'This action is not available for the parent job');

it('an upsample shows the picture it was made from', async () => {
  const grid = await client.imagine();
  const id = await client.followUp('upsample', grid, { index: 2 });
  expect(client.apiframe.stored(id)?.pictures).toEqual([client.apiframe.stored(grid)?.pictures[1]]);
  expect(await client.job(id)).toMatchObject({
    status: 'COMPLETED',
    model: 'midjourney',
    result: { images: [`${client.apiframe.url}/images/${id}.png`] },
  });
});

it('the chain goes on from grid to upsample and from upsample to grid', async () => {
  let grid = await client.followUp('variation', await client.imagine(), { index: 4 });
  for (const [action, fields] of ofUpsample) {
    const single = await client.followUp('upsample', grid, { index: 1 });
    grid = await client.followUp(action, single, fields);
    expect(await client.job(grid)).toMatchObject({
      status: 'COMPLETED',
      result: { images: { length: 4 }, gridUrl: `${client.apiframe.url}/images/${grid}.png` },
    });
  }
});

describe('a follow-up is refused before anything is charged', () => {
  it.each(ofUpsample)('%s of a grid', async (action, fields) => {
    const grid = await client.imagine();
    expect(await client.act(action, grid, fields)).toMatchObject(
      refusal(400, `${action} requires a completed upsample job as its parent`),
    );
    expect(client.credits()).toBe(1000 - 16);
  });

  it.each(ofGrid)('%s of an upsample, and of a film', async (action, fields) => {
    const single = await client.followUp('upsample', await client.imagine(), { index: 1 });
    const film = await client.finish('videos/generate', {
      model: 'midjourney-video',
      prompt: 'it runs',
      midjourneyVideoParams: { start_image: 'https://example.com/a.png' },
    });
    for (const parent of [single, film]) {
      expect(await client.act(action, parent, fields)).toMatchObject(
        refusal(400, `${action} requires a completed grid job as its parent`),
      );
    }
    expect(client.credits()).toBe(1000 - 16 - 4 - 10);
  });

  it('of a parent that is unknown, of another account, not finished, or failed', async () => {
    const grid = await client.imagine();
    expect(await client.act('upsample', UNKNOWN_ID, { index: 1 })).toMatchObject(notFound);
    expect(await client.act('upsample', grid, { index: 1 }, 'other')).toMatchObject(notFound);

    const failed = await client.imagine({ prompt: 'blood' });
    client.apiframe.settings.taskMilliseconds = 60_000;
    const running = await client.create('images/generate', { model: 'midjourney', prompt: 'a' });
    for (const parent of [failed, running]) {
      expect((await client.act('upsample', parent, { index: 1 })).status).toBe(400);
    }
    expect(client.credits()).toBe(1000 - 16 - 16);
  });

  it('of a result that is gone', async () => {
    const grid = await client.imagine();
    now += 25 * 3600 * 1000;
    expect(await client.act('upsample', grid, { index: 1 })).toMatchObject(gone);
    expect(client.credits()).toBe(1000 - 16);
  });

  it.each([
    ['aGk=', 'Invalid PNG'],
    ['not base64 at all', 'Invalid PNG'],
    [pngOf(48, 64), 'Invalid size: expected 64x48 pixels'],
  ])('with a mask that is no picture of the size of the parent: %#', async (wrong, message) => {
    const single = await client.followUp('upsample', await client.imagine(), { index: 1 });
    expect(await client.act('inpaint', single, { mask: wrong })).toMatchObject({
      status: 400,
      body: { error: 'Validation failed', details: { mask: [message] } },
    });
    expect(client.credits()).toBe(1000 - 16 - 4);
  });
});

describe('a song', () => {
  const song = () => client.finish('music/generate', { model: 'suno', prompt: 'a dog' });
  const act = (action: string, parentJobId: string, fields: object = {}) =>
    client.post('music/suno/action', { action, parentJobId, ...fields });

  it.each([
    ['extend', { index: 2, continueAt: 30, style: 'jazz' }],
    ['cover', { audio_weight: 0.5, title: 'Again' }],
    ['add_vocals', { prompt: 'la la', trackId: 'x' }],
  ])('can have %s, and so can what comes of it', async (action, fields) => {
    const id = await client.finish('music/suno/action', {
      ...{ action, parentJobId: await song() },
      ...fields,
    });
    expect(await client.job(id)).toMatchObject({
      model: 'suno',
      result: { tracks: { length: 2 } },
    });
    expect((await act('extend', id)).status).toBe(202);
  });

  it('has stems, which can have no more; other music has none', async () => {
    const stems = await client.finish('music/suno/action', {
      ...{ action: 'stems', parentJobId: await song() },
    });
    const other = await client.finish('music/generate', { model: 'udio', prompt: 'a dog' });
    for (const parent of [stems, other]) {
      expect(await act('cover', parent)).toMatchObject(
        refusal(400, 'cover requires a completed suno job as its parent'),
      );
    }
  });
});
