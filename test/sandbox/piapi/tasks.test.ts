import { SANDBOX_KEY } from '../../../sandbox/piapi/piapi.ts';
import { type Client, startClient } from './client.ts';

const unknownId = '00000000-0000-4000-8000-000000000000';

let client: Client;
let now = Date.now();
beforeEach(async () => {
  client = await startClient({ now: () => now });
  client.piapi.settings.accounts.other = { name: 'Other', plan: 'free', credits: 0 };
});
afterEach(() => client.piapi.stop());

describe('reading tasks', () => {
  it('fetch gives the task, even without a key', async () => {
    const id = await client.finish('imagine', { prompt: 'a dog' });
    const answer = await client.post('fetch', { task_id: id }, '');
    expect(answer).toMatchObject({ status: 200, body: { task_id: id, status: 'finished' } });
    expect(answer.body).toEqual(client.piapi.task(id));
  });

  it('fetch answers 404 for an unknown task', async () => {
    expect(await client.post('fetch', { task_id: unknownId })).toMatchObject({
      status: 404,
      body: { code: 404, message: 'task not found' },
    });
  });

  it('multi_fetch gives null for an unknown one', async () => {
    const id = await client.finish('imagine', { prompt: 'a dog' });
    const answer = await client.post('multi_fetch', { task_ids: [id, unknownId] });
    expect(answer.body).toEqual({ data: { [id]: client.piapi.task(id), [unknownId]: null } });
  });

  it('a task is forgotten after three days', async () => {
    const id = await client.finish('imagine', { prompt: 'a dog' });
    now += 72 * 3600 * 1000 + 1000;
    expect((await client.post('fetch', { task_id: id })).status).toBe(404);
    expect(client.piapi.task(id)).toBeUndefined();
  });

  it('times are epoch seconds', async () => {
    now = Date.UTC(2024, 1, 27, 12, 2, 41, 500);
    const id = await client.finish('imagine', { prompt: 'a dog' });
    expect(client.piapi.task(id)?.meta).toMatchObject({
      created_at: 1709035361,
      created_at_utc: '2024-02-27T12:02:41Z',
      ended_at: 1709035361,
    });
  });
});

describe('cancel', () => {
  it('fails a running task', async () => {
    client.piapi.settings.taskMilliseconds = 60_000;
    const id = await client.create('imagine', { prompt: 'a dog' });
    expect((await client.post('cancel', { task_id: id })).status).toBe(200);
    await client.piapi.settled();
    expect(client.piapi.task(id)).toMatchObject({
      status: 'failed',
      task_result: { error_messages: ['task canceled'] },
    });
  });

  it('refuses tasks that have ended, are unknown or of another account', async () => {
    const id = await client.finish('imagine', { prompt: 'a dog' });
    const cancel = (task_id: string, key?: string) => client.post('cancel', { task_id }, key);
    const failed = { status: 400, body: { task_id: '', status: 'failed' } };
    expect(await cancel(id)).toMatchObject(failed);
    expect(await cancel(unknownId)).toMatchObject(failed);
    expect(await cancel(id, 'other')).toMatchObject(failed);
  });
});

it('tasks above the concurrency are staged until another one ends', async () => {
  client.piapi.settings.concurrency = 1;
  const first = await client.create('imagine', { prompt: 'a dog' });
  const second = await client.create('imagine', { prompt: 'a cat' });
  expect(client.piapi.task(second)?.status).toBe('staged');
  await client.piapi.settled();
  expect(client.piapi.task(first)?.status).toBe('finished');
  expect(client.piapi.task(second)?.status).toBe('finished');
});

it('a higher concurrency lets staged tasks start', async () => {
  client.piapi.settings.concurrency = 0;
  const id = await client.create('imagine', { prompt: 'a dog' });
  client.piapi.settings.concurrency = 1;
  await client.piapi.settled();
  expect(client.piapi.task(id)?.status).toBe('finished');
});

describe('the account', () => {
  it('gives its name, plan and credits', async () => {
    expect(await client.get('/account/info')).toMatchObject({
      status: 200,
      body: {
        code: 200,
        data: {
          name: 'Sandbox Studio',
          plan: 'pro',
          is_enable: true,
          credit_pack_info: { available_credits: 1000 },
        },
        message: 'success',
      },
    });
    expect((await client.get('/account/info', 'wrong')).status).toBe(401);
  });

  it('lists its own tasks, newest first, by page and by time', async () => {
    const ids: string[] = [];
    for (const prompt of ['a', 'b', 'c']) {
      now += 10_000;
      ids.push(await client.create('imagine', { prompt }));
    }
    await client.create('imagine', { prompt: 'd' }, 'other');
    const [a, b, c] = ids.map((task_id) => ({ task_id }));
    const history = async (query: string) =>
      (await client.get(`/api/open/tasks/histories?${query}`)).body;

    expect(await history('')).toMatchObject({
      code: 200,
      data: { data: [c, b, a], page: 1, size: 20, total: 3 },
      message: 'success',
    });
    expect(await history('page=2&page_size=2&model=mj')).toMatchObject({ data: { data: [a] } });
    const from = Math.floor(now / 1000) - 10;
    expect(await history(`start_time=${from}`)).toMatchObject({ data: { data: [c, b] } });
    expect(await history(`end_time=${from}`)).toMatchObject({ data: { data: [b, a] } });
    expect(await history('model=flux')).toMatchObject({ data: { data: [] } });
  });
});

it('every API call is recorded with the status of its answer', async () => {
  await client.post('imagine', { prompt: 'a dog' });
  await client.post('imagine', 'not json');
  await client.get('/account/info?x=1');
  expect(client.piapi.requests).toMatchObject([
    { method: 'POST', path: '/mj/v2/imagine', body: { prompt: 'a dog' }, status: 200 },
    { method: 'POST', path: '/mj/v2/imagine', body: 'not json', status: 400 },
    { method: 'GET', path: '/account/info', query: { x: '1' }, body: undefined, status: 200 },
  ]);
  expect(client.piapi.requests[0]?.headers['x-api-key']).toBe(SANDBOX_KEY);
});
