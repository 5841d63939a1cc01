import { readFileSync } from 'node:fs';
import { SANDBOX_KEY } from '../../../sandbox/piapi/piapi.ts';
import { typesIn } from '../json_calls.ts';
import { type Client, startClient } from './client.ts';

const unknownId = '00000000-0000-4000-8000-000000000000';

const recorded = (name: string): object =>
  JSON.parse(readFileSync(`test/fixtures/piapi_unified/${name}.json`, 'utf8'));

let client: Client;
let now = Date.now();
beforeEach(async () => {
  client = await startClient({ now: () => now });
  client.piapi.settings.accounts.other = { name: 'Other', plan: 'free', credits: 0 };
});
afterEach(() => client.piapi.stop());

const input = {
  aspect_ratio: '16:9',
  bot_id: 0,
  process_mode: 'fast',
  prompt: 'a girl using a laptop',
  skip_prompt_check: false,
};

describe('a finished imagine', () => {
  it('has the keys and types of a recorded one', async () => {
    const id = await client.unified.finish('imagine', input);
    const answer = await client.unified.get(id);

    expect(answer.status).toBe(200);
    expect(typesIn(answer.body)).toEqual({
      code: 'number',
      data: typesIn(recorded('imagine_completed')),
      message: 'string',
    });
  });

  it('is called completed and shows what was sent', async () => {
    const id = await client.unified.finish('imagine', input);
    expect((await client.unified.get(id)).body).toMatchObject({
      code: 200,
      data: {
        ...{ task_id: id, model: 'midjourney', task_type: 'imagine', status: 'completed', input },
        output: { image_url: `${client.piapi.url}/images/${id}.png`, progress: 100 },
        meta: { process_mode: 'fast' },
        error: { code: 0, raw_message: '', message: '' },
      },
    });
  });

  it('has ISO times', async () => {
    now = Date.UTC(2025, 4, 19, 12, 14, 12, 500);
    const id = await client.unified.finish('imagine', input);
    const at = '2025-05-19T12:14:12Z';
    expect((await client.unified.get(id)).body).toMatchObject({
      data: { meta: { created_at: at, started_at: at, ended_at: at } },
    });
  });
});

describe('a create', () => {
  it('is answered as recorded, with the task in an envelope', async () => {
    const answer = await client.unified.post({
      ...{ model: 'midjourney', task_type: 'describe' },
      input: { image_url: 'https://example.com/a.png' },
    });
    const [task_id] = client.piapi.taskIds();

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      ...recorded('describe_created'),
      data: { ...Object(recorded('describe_created')).data, task_id },
    });
  });

  it('returns the service mode, which is public by default', async () => {
    const modeOf = async (config?: object) => {
      const id = await client.unified.create('imagine', input, { config });
      return Object((await client.unified.get(id)).body).data.config.service_mode;
    };
    expect(await modeOf({ service_mode: 'private' })).toBe('private');
    expect(await modeOf({ service_mode: '' })).toBe('public');
    expect(await modeOf()).toBe('public');
  });

  it.each([
    [{}, 'model is required'],
    [{ model: 'midjourney', input }, 'task_type is required'],
    [{ model: 'midjourney', task_type: 'imagine' }, 'input must be an object'],
    [{ model: 'midjourney', task_type: 'imagine', input: {} }, 'prompt is required'],
    [{ model: 'midjourney', task_type: 'dream', input }, 'task_type dream is not known'],
    ['not json', 'the body must be a JSON object'],
    [
      {
        ...{ model: 'flux', task_type: 'txt2img', input },
        config: { webhook_config: { endpoint: 'https://example.com:8443/' } },
      },
      'config.webhook_config.endpoint must use port 80 or 443',
    ],
  ])('with %j starts nothing', async (body, message) => {
    const refusal = { code: 400, data: null, message };
    expect(await client.unified.post(body)).toMatchObject({ status: 400, body: refusal });

    client.piapi.settings.errorsOnHttp200 = true;
    expect(await client.unified.post(body)).toMatchObject({ status: 200, body: refusal });
    expect(client.piapi.taskIds()).toEqual([]);
  });

  it('needs a valid key', async () => {
    const body = { model: 'midjourney', task_type: 'imagine', input };
    expect(await client.unified.post(body, 'wrong')).toMatchObject({
      status: 401,
      body: { code: 401, message: 'Invalid API key' },
    });
  });

  it('can be refused and can hang, as on v2', async () => {
    const body = { code: 500, message: 'failed to create task' };
    client.piapi.settings.refuse = { status: 200, body, times: 1 };
    const request = { model: 'midjourney', task_type: 'imagine', input };
    expect((await client.unified.post(request)).body).toEqual(body);
    expect((await client.unified.post(request)).body).toMatchObject({ code: 200 });
    expect(client.piapi.creates).toHaveLength(2);
  });
});

describe('reading', () => {
  it('finds a new task only after the time in the settings', async () => {
    client.piapi.settings.hiddenMilliseconds = 2_000;
    const id = await client.unified.finish('imagine', input);
    const missing = { status: 404, body: { code: 404, data: null, message: 'task not found' } };
    expect(await client.unified.get(id)).toMatchObject(missing);
    now += 2_000;
    expect((await client.unified.get(id)).status).toBe(200);
  });

  it('does not find tasks of other accounts', async () => {
    const id = await client.unified.create('imagine', input);
    expect((await client.unified.get(id, 'other')).status).toBe(404);
    expect((await client.unified.get(unknownId)).status).toBe(404);
    expect((await client.unified.get(id, '')).status).toBe(401);
  });

  it('gives a running task in the form of a recorded webhook', async () => {
    client.piapi.settings.taskMilliseconds = 60_000;
    const id = await client.unified.create('imagine', input);
    expect((await client.unified.get(id)).body).toMatchObject({
      data: {
        status: 'pending',
        output: Object({ ...Object(recorded('webhook_processing')).data.output, progress: 0 }),
        meta: { started_at: '0001-01-01T00:00:00Z', ended_at: '0001-01-01T00:00:00Z' },
      },
    });
  });
});

describe('a banned prompt', () => {
  it('is accepted and fails later, as recorded', async () => {
    const id = await client.unified.finish('imagine', { prompt: 'a knight covered in blood' });
    expect((await client.unified.get(id)).body).toMatchObject({
      data: { ...recorded('imagine_failed'), task_id: id },
    });
  });
});

describe('cancelling', () => {
  it('fails a task that is staged or pending', async () => {
    client.piapi.settings.concurrency = 1;
    client.piapi.settings.taskMilliseconds = 60_000;
    const running = await client.unified.create('imagine', input);
    const staged = await client.unified.create('imagine', input);
    expect((await client.unified.get(staged)).body).toMatchObject({ data: { status: 'staged' } });

    for (const id of [staged, running]) {
      expect(await client.unified.delete(id)).toMatchObject({
        status: 200,
        body: { code: 200, message: `task ${id} canceled` },
      });
      expect((await client.unified.get(id)).body).toMatchObject({
        data: { status: 'failed', error: { raw_message: 'task canceled' } },
      });
    }
  });

  it('is refused when the task has begun or ended, is unknown or of another account', async () => {
    const id = await client.unified.finish('imagine', input);
    expect(await client.unified.delete(id)).toMatchObject({ status: 400, body: { code: 400 } });
    expect(await client.unified.delete(unknownId)).toMatchObject({ status: 404 });
    expect(await client.unified.delete(id, 'other')).toMatchObject({ status: 404 });
  });
});

describe('both APIs', () => {
  it('read the tasks that were made through the other', async () => {
    const onV2 = await client.finish('imagine', { prompt: 'a dog', process_mode: 'fast' });
    const onUnified = await client.unified.finish('imagine', input);

    expect((await client.unified.get(onV2)).body).toMatchObject({
      data: { task_id: onV2, status: 'completed', input: { prompt: 'a dog' } },
    });
    expect((await client.post('fetch', { task_id: onUnified })).body).toMatchObject({
      task_id: onUnified,
      status: 'finished',
      meta: { task_request: { prompt: input.prompt } },
    });
  });

  it('follow up on the tasks that were made through the other', async () => {
    const origin_task_id = await client.finish('imagine', { prompt: 'a dog' });
    const single = await client.unified.finish('upscale', { origin_task_id, index: '1' });
    const id = await client.finish('pan', { origin_task_id: single, direction: 'left' });
    expect(client.piapi.task(id)).toMatchObject({ meta: { origin_task_id: single } });
  });

  it('the history shows the tasks of both as rows of its own', async () => {
    const onV2 = await client.finish('imagine', { prompt: 'a dog' });
    const onUnified = await client.unified.finish('imagine', input);
    await client.unified.finish('txt2img', { prompt: 'a cat' }, { model: 'flux' });
    expect((await client.get('/api/open/tasks/histories?model=mj')).body).toMatchObject({
      data: {
        data: [
          { task_id: onUnified, status: 'finished', task_model: 'mj', action: 'imagine' },
          { task_id: onV2, status: 'finished', detail: { taskInput: { prompt: 'a dog' } } },
        ],
        total: 2,
      },
    });
  });

  it('on unified, a seed names its parent as every follow-up does', async () => {
    const origin_task_id = await client.unified.finish('imagine', input);
    const id = await client.unified.finish('seed', { origin_task_id });
    expect((await client.unified.get(id)).body).toMatchObject({
      data: { task_type: 'seed', output: { seed: expect.stringMatching(/^\d+$/) } },
    });
  });

  it('depend on the plan in the same way', async () => {
    client.piapi.settings.accounts[SANDBOX_KEY] = { name: 'Free', plan: 'free', credits: 1 };
    const id = await client.unified.finish('imagine', input);
    expect((await client.unified.get(id)).body).toMatchObject({
      data: { output: { image_urls: null, temporary_image_urls: null } },
    });
  });
});
