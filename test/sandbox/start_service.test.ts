import {
  isServiceKey,
  type RunningService,
  SERVICE_KEYS,
  type ServiceKey,
  startService,
} from '../../sandbox/start_service.ts';
import { startHook } from './hook.ts';
import { jsonCalls } from './json_calls.ts';

/** The request for an Imagine in the format of each service, and what the service makes of it. */
const imagine = {
  piapi_v2: {
    path: '/mj/v2/imagine',
    body: (prompt: string, url: string) => ({ prompt, webhook_endpoint: url }),
    accepted: 200,
    /** The task in the body of a webhook. */
    reported: (body: object) => body,
    banned: 'Banned Prompt: blood',
  },
  piapi_unified: {
    path: '/api/v1/task',
    body: (prompt: string, url: string) => ({
      ...{ model: 'midjourney', task_type: 'imagine', input: { prompt } },
      config: { webhook_config: { endpoint: url } },
    }),
    accepted: 200,
    reported: (body: object) => Object(body).data,
    banned: 'Banned Prompt: blood',
  },
  legnext: {
    path: '/v1/diffusion',
    body: (prompt: string, url: string) => ({ text: prompt, callback: url }),
    accepted: 200,
    reported: (body: object) => Object(body).data,
    banned: 'Banned Prompt: blood',
  },
  apiframe: {
    path: '/v2/images/generate',
    body: (prompt: string, url: string) => ({
      ...{ model: 'midjourney', prompt },
      ...(url !== '' && { webhookUrl: url }),
    }),
    accepted: 202,
    reported: (body: object) => {
      const { event: _, jobId: id, ...job } = Object(body);
      return { id, ...job };
    },
    banned: 'Image denied by the image filters',
  },
} as const satisfies Record<ServiceKey, object>;

let running: RunningService;
afterEach(() => running.stop());

describe.each(SERVICE_KEYS)('%s', (key) => {
  const { path, body: bodyOf, accepted, reported, banned } = imagine[key];
  beforeEach(async () => {
    running = await startService(key, { taskMilliseconds: 40 });
  });

  const create = (prompt = 'a dog', url = '') => {
    const { base_url, api_key } = running.connection;
    return jsonCalls(base_url)('POST', path, bodyOf(prompt, url), api_key);
  };

  it('can be called with its connection and finishes a task', async () => {
    expect(isServiceKey(running.connection.service)).toBe(true);
    expect((await create()).status).toBe(accepted);
    await running.settled();

    const [id = ''] = running.taskIds();
    expect(running.creates).toHaveLength(1);
    expect(running.stored(id)).toMatchObject({ status: 'finished', prompt: 'a dog' });
    expect(JSON.stringify(running.shown(id))).toContain(`${running.url}/images/${id}.png`);
    expect([running.shown('unknown'), running.webhook('unknown')]).toEqual([undefined, undefined]);
  });

  it('sends the end in the form in which it shows the task', async () => {
    const hook = await startHook();
    await create('a dog', hook.url);
    await running.settled();
    await hook.stop();

    const [id = ''] = running.taskIds();
    const last = running.webhooks.at(-1);
    expect(last).toMatchObject({ taskId: id, status: 'finished', answer: 200 });
    expect(running.shown(id)).toMatchObject(reported(last?.body ?? {}));
  });

  it('refuses in its own format', async () => {
    const { status, body } = running.refusal('slow down', 429);
    running.settings.refuse = { status, body, times: 1 };
    expect(await create()).toMatchObject({ status: 429, body });
    expect(JSON.stringify(body)).toContain('slow down');
    expect((await create()).status).toBe(accepted);
  });

  it('fails a banned prompt after it was accepted', async () => {
    expect((await create('blood')).status).toBe(accepted);
    await running.settled();
    const [id = ''] = running.taskIds();
    expect(running.stored(id)).toMatchObject({
      status: 'failed',
      failure: banned,
    });
  });

  it('stages tasks above its concurrency', async () => {
    running.settings.concurrency = 1;
    running.settings.taskMilliseconds = 60_000;
    await create();
    await create();
    const states = running.taskIds().map((id) => running.stored(id)?.status);
    expect(states).toEqual(['pending', 'staged']);
  });
});

it('other texts are not the key of a service', async () => {
  running = await startService('piapi_v2');
  expect(['', 'midjourney', 'constructor'].filter(isServiceKey)).toEqual([]);
});
