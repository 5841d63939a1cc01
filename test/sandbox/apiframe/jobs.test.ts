import * as zod from 'zod/mini';
import { type Client, startClient, UNKNOWN_ID } from './client.ts';

let client: Client;
let now: number;
beforeEach(async () => {
  now = Date.now();
  client = await startClient({ now: () => now });
});
afterEach(() => client.apiframe.stop());

const prompt = 'a lighthouse made of folded paper --v 7';
const request = { model: 'midjourney', prompt, midjourneyParams: { aspect_ratio: '3:2' } };
const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

describe('a job', () => {
  const job = { model: 'midjourney', creditCost: 16, webhookStatus: null, createdAt: isoTime };
  const open = { ...job, result: null, error: null, completedAt: null, input: request };

  it('is shown while it is queued and while it runs', async () => {
    Object.assign(client.apiframe.settings, { concurrency: 0, taskMilliseconds: 60_000 });
    const id = await client.create('images/generate', request);
    const queued = { ...open, id, status: 'QUEUED', progress: 0, expired: false };
    expect(await client.job(id)).toEqual(queued);

    Object.assign(client.apiframe.stored(id) ?? {}, { status: 'processing', progress: 46 });
    expect(await client.job(id)).toEqual({ ...queued, status: 'PROCESSING', progress: 46 });
  });

  it('is shown with its result when it has completed', async () => {
    const id = await client.imagine(request);
    const image = `${client.apiframe.url}/images/${id}`;
    expect(await client.job(id)).toEqual({
      ...job,
      ...{ id, status: 'COMPLETED', progress: 100, error: null, completedAt: isoTime },
      result: {
        images: [1, 2, 3, 4].map((number) => `${image}-${number}.png`),
        gridUrl: `${image}.png`,
      },
      input: request,
      expired: false,
    });
  });

  it('is shown with its error and without costs when it has failed', async () => {
    const id = await client.imagine({ prompt: 'blood' });
    expect(await client.job(id)).toMatchObject({
      ...{ id, status: 'FAILED', progress: 0, creditCost: 0, result: null, expired: false },
      ...{ error: 'Image denied by the image filters', completedAt: isoTime },
    });
  });

  it('repeats the request without webhook and mask, or not at all', async () => {
    const { settings } = client.apiframe;
    const webhook = { webhookUrl: 'http://127.0.0.1:9/', webhookEvents: ['failed'] };
    const id = await client.imagine({ ...request, ...webhook });
    expect(await client.job(id)).toMatchObject({ input: request });
    settings.echoesInput = false;
    expect(await client.job(id)).not.toHaveProperty('input');
  });

  it('is known to its own account only, by its id', async () => {
    const id = await client.imagine();
    const notFound = { status: 404, body: { error: 'Job not found' } };
    expect(await client.get(`jobs/${UNKNOWN_ID}`)).toMatchObject(notFound);
    expect(await client.get(`jobs/${id}`, 'other')).toMatchObject(notFound);
    expect(await client.get('jobs/7')).toMatchObject({
      status: 400,
      body: { error: 'Validation failed', details: { id: ['Invalid UUID'] } },
    });
  });

  it('stays readable for good, but its files are gone after a day', async () => {
    const id = await client.imagine();
    const file = `${client.apiframe.url}/images/${id}-1.png`;
    expect((await fetch(file)).status).toBe(200);
    const before = await client.job(id);

    now += 25 * 3600 * 1000;
    expect((await fetch(file)).status).toBe(404);
    expect(await client.job(id)).toEqual({ ...Object(before), expired: true });
  });
});

describe('the list of jobs', () => {
  const page = zod.object({
    jobs: zod.array(zod.looseObject({ id: zod.string() })),
    nextCursor: zod.nullable(zod.string()),
    hasMore: zod.boolean(),
  });
  const list = async (query = '', key?: string) => {
    const { jobs, ...rest } = page.parse((await client.get(`jobs${query}`, key)).body);
    return { ids: jobs.map(({ id }) => id), ...rest };
  };

  it('has jobs as they are read, newest first, without their input', async () => {
    const [first, second] = [await client.imagine(), await client.imagine({ prompt: 'blood' })];
    const { body } = await client.get('jobs');
    const rows = await Promise.all(
      [second, first].map(async (id) => {
        const { input: _, ...row } = Object(await client.job(id));
        return row;
      }),
    );
    expect(body).toEqual({ jobs: rows, nextCursor: null, hasMore: false });
    expect(await list('', 'other')).toEqual({ ids: [], nextCursor: null, hasMore: false });
  });

  it('is read page by page', async () => {
    const ids: string[] = [];
    for (let number = 0; number < 21; number += 1) {
      ids.unshift(await client.create('images/generate', request));
    }
    const first = await list();
    const rest = await list(`?cursor=${first.nextCursor}`);
    expect([first.hasMore, first.ids]).toEqual([true, ids.slice(0, 20)]);
    expect(rest).toEqual({ ids: ids.slice(20), nextCursor: null, hasMore: false });
    expect((await list('?limit=100')).ids).toEqual(ids);
    // A newer job does not shift the pages.
    await client.create('images/generate', request);
    expect(await list(`?limit=100&cursor=${first.nextCursor}`)).toEqual(rest);
  });

  it('can be limited to a status, a model, and one job', async () => {
    const done = await client.imagine();
    const failed = await client.imagine({ prompt: 'blood' });
    const other = await client.finish('images/generate', { model: 'dall-e-3', prompt: 'a' });
    expect((await list('?status=FAILED')).ids).toEqual([failed]);
    expect((await list('?status=CANCELLED')).ids).toEqual([]);
    expect((await list('?model=midjourney')).ids).toEqual([failed, done]);
    expect((await list(`?search=${other}`)).ids).toEqual([other]);
    expect((await list('?scope=user')).ids).toEqual([other, failed, done]);
  });

  it.each([
    ['limit=0', { details: { limit: ['Too small: expected number to be >=1'] } }],
    ['limit=101', { details: { limit: ['Too big: expected number to be <=100'] } }],
    ['limit=many', { details: { limit: ['Invalid input: expected number, received NaN'] } }],
    ['status=done', { error: 'Validation failed' }],
    ['cursor=x', { error: 'Invalid cursor' }],
  ])('is refused for %s', async (query, body) => {
    expect(await client.get(`jobs?${query}`)).toMatchObject({ status: 400, body });
  });

  it('of a team is not for its members', async () => {
    expect((await client.get('jobs?scope=team')).status).toBe(403);
  });

  it('can be missing', async () => {
    client.apiframe.settings.hasHistory = false;
    expect((await client.get('jobs')).status).toBe(404);
  });
});

it('the account is shown with its credits', async () => {
  await client.imagine();
  expect((await client.get('me')).body).toEqual({
    user: { id: expect.any(String), email: 'sandbox@example.com', role: 'MEMBER' },
    team: {
      ...{ id: expect.any(String), name: 'Sandbox Studio', credits: 984, plan: 'pro' },
      ...{ customerId: null, maxConcurrentJobs: 1000 },
    },
    apiKey: { id: expect.any(String), name: 'sandbox', prefix: 'sandbox-' },
  });
  const ids = zod.object({ user: zod.object({ id: zod.uuid() }) });
  expect(ids.safeParse((await client.get('me')).body).success).toBe(true);
});

describe('the models', () => {
  const models = zod.object({ models: zod.array(zod.looseObject({ modality: zod.string() })) });
  const count = async (query = '') =>
    models.parse((await client.get(`models${query}`, '')).body).models.length;

  it('are listed without a key', async () => {
    const { body } = await client.get('models', '');
    expect(models.parse(body).models).toContainEqual({
      ...{ id: 'veo-3.1-fast', label: 'Veo 3.1 Fast', modality: 'video' },
    });
  });

  it('are 56 for images, 43 for films and 7 for music', async () => {
    const kinds = ['image', 'video', 'music'].map((kind) => count(`?modality=${kind}`));
    expect(await Promise.all(kinds)).toEqual([56, 43, 7]);
    expect(await count()).toBe(106);
    expect((await client.get('models?modality=text', '')).status).toBe(400);
  });
});
