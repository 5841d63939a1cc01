import { type Account, SANDBOX_KEY } from '../../../sandbox/piapi/piapi.ts';
import { type Client, startClient } from './client.ts';

const other: Account = { name: 'Other Studio', plan: 'free', credits: 0 };
const owner: Account = { name: 'Sandbox Studio', plan: 'pro', credits: 1000 };
const unknownId = '00000000-0000-4000-8000-000000000000';

let client: Client;
let now = Date.now();
beforeEach(async () => {
  client = await startClient({
    accounts: { [SANDBOX_KEY]: owner, other },
    now: () => now,
  });
});
afterEach(() => client.piapi.stop());

const refusal = (message: string) => ({
  status: 400,
  body: { task_id: '', status: 'failed', message },
});

describe('a create starts no task', () => {
  it.each([
    ['imagine', {}, 'prompt is required'],
    ['imagine', { prompt: '  ' }, 'prompt is required'],
    ['imagine', { prompt: 'a', process_mode: 'slow' }, 'process_mode must be one of'],
    ['imagine', { prompt: 'a', aspect_ratio: 'wide' }, 'aspect_ratio must look like 16:9'],
    ['imagine', { prompt: 'a', skip_prompt_check: 'yes' }, 'skip_prompt_check must be true or'],
    ['upscale', { origin_task_id: 'x' }, 'index must be one of'],
    ['upscale', { index: '1' }, 'origin_task_id is required'],
    ['variation', { origin_task_id: 'x', index: '5' }, 'index must be one of'],
    ['outpaint', { origin_task_id: 'x', zoom_ratio: '9' }, 'zoom_ratio must be a number from 1'],
    ['pan', { origin_task_id: 'x', direction: 'in' }, 'direction must be one of'],
    ['inpaint', { origin_task_id: 'x' }, 'mask is required'],
    ['describe', { image_url: 'a.png' }, 'image_url must be an http(s) URL'],
    ['blend', { image_urls: ['https://a.b/c'] }, 'image_urls must hold 2 to 5 URLs'],
    ['blend', { image_urls: Array(6).fill('https://a.b/c') }, 'image_urls must hold 2 to 5 URLs'],
    ['seed', {}, 'task_id is required'],
    ['imagine', 'not json', 'the body must be a JSON object'],
  ])('%s with %j', async (operation, body, message) => {
    expect(await client.post(operation, body)).toMatchObject(
      refusal(expect.stringContaining(message)),
    );
    expect(client.piapi.taskIds()).toEqual([]);
  });

  it('with an integer index, which is an error of the server', async () => {
    const answer = await client.post('upscale', { origin_task_id: unknownId, index: 1 });
    expect(answer.status).toBe(500);
  });

  it.each([
    ['ftp://example.com/hook', 'must be an http or https URL'],
    ['hook', 'must be an http or https URL'],
    ['https://example.com:8443/hook', 'must use port 80 or 443'],
  ])('with the webhook endpoint %s', async (webhook_endpoint, message) => {
    const answer = await client.post('imagine', { prompt: 'a', webhook_endpoint });
    expect(answer).toMatchObject(refusal(`webhook_endpoint ${message}`));
  });

  it('without a valid key', async () => {
    const invalid = { status: 401, body: { code: 401, message: 'Invalid API key' } };
    for (const key of ['', 'wrong', 'constructor']) {
      expect(await client.post('imagine', { prompt: 'a' }, key)).toMatchObject(invalid);
    }
  });

  it('with a body of more than 10 MB', async () => {
    const answer = await client.post('imagine', { prompt: 'a'.repeat(11_000_000) });
    expect(answer).toMatchObject({ status: 413, body: { code: 413 } });
  });
});

describe('a follow-up is refused', () => {
  const upscale = (origin_task_id: string, key?: string) =>
    client.post('upscale', { origin_task_id, index: '1' }, key);
  const refusedParent = (reason: string) =>
    refusal(`derive from origin task: parent task ${reason}`);

  it('when the parent is unknown or of another account', async () => {
    const id = await client.finish('imagine', { prompt: 'a' });
    expect(await upscale(unknownId)).toMatchObject(refusedParent('not found'));
    expect(await upscale(id, 'other')).toMatchObject(refusedParent('not found'));
  });

  it('when the parent is not finished', async () => {
    const id = await client.create('imagine', { prompt: 'a' });
    expect(await upscale(id)).toMatchObject(refusedParent('is not finished'));
  });

  it('when the parent is older than three hours', async () => {
    const id = await client.finish('imagine', { prompt: 'a' });
    now += 3 * 3600 * 1000 + 1000;
    expect(await upscale(id)).toMatchObject(refusedParent('is outdated'));
  });

  it('when the parent does not offer it', async () => {
    const id = await client.finish('imagine', { prompt: 'a' });
    const answer = await client.post('pan', { origin_task_id: id, direction: 'up' });
    expect(answer).toMatchObject(refusedParent('does not offer pan_up'));
  });
});

describe('a task that was accepted fails later', () => {
  it('for a banned word, however it is written', async () => {
    const id = await client.finish('imagine', { prompt: 'a Blood-red moon' });
    expect(client.piapi.task(id)).toMatchObject({
      status: 'failed',
      task_result: { error_messages: ['Banned Prompt: blood'], image_url: '', actions: [] },
    });
  });

  it('but not for a longer word, nor when the check is skipped', async () => {
    const longer = await client.finish('imagine', { prompt: 'a bloodhound' });
    const skipped = await client.finish('imagine', { prompt: 'blood', skip_prompt_check: true });
    expect(client.piapi.task(longer)?.status).toBe('finished');
    expect(client.piapi.task(skipped)?.status).toBe('finished');
  });

  it('for an image that cannot be downloaded', async () => {
    const id = await client.finish('describe', { image_url: 'https://nowhere.invalid/a.png' });
    expect(client.piapi.task(id)?.task_result.error_messages).toEqual([
      'Invalid link\nTimeout while downloading this image',
    ]);
  });
});

describe('settings can make creates', () => {
  it('refused a number of times', async () => {
    const body = { message: 'slow down' };
    client.piapi.settings.refuse = { status: 429, body, retryAfter: '7', times: 2 };
    const first = await client.post('imagine', { prompt: 'a' });
    const second = await client.post('imagine', { prompt: 'a' });
    const third = await client.post('imagine', { prompt: 'a' });
    expect([first.status, second.status, third.status]).toEqual([429, 429, 200]);
    expect(first.body).toEqual(body);
    expect(first.headers.get('retry-after')).toBe('7');
  });

  it('refused until the setting is removed', async () => {
    client.piapi.settings.refuse = { status: 200, body: { task_id: '', status: 'failed' } };
    await client.post('imagine', { prompt: 'a' });
    await client.post('imagine', { prompt: 'a' });
    expect(client.piapi.taskIds()).toEqual([]);
    client.piapi.settings.refuse = undefined;
    expect((await client.post('imagine', { prompt: 'a' })).status).toBe(200);
  });

  it('start the task and never answer', async () => {
    client.piapi.settings.hang = true;
    const signal = AbortSignal.timeout(200);
    const body = JSON.stringify({ prompt: 'a' });
    const headers = { 'x-api-key': SANDBOX_KEY };
    const url = `${client.piapi.url}/mj/v2/imagine`;
    await expect(fetch(url, { method: 'POST', headers, body, signal })).rejects.toThrow();
    expect(client.piapi.taskIds()).toHaveLength(1);
    expect(client.piapi.requests).toMatchObject([{ path: '/mj/v2/imagine', status: 0 }]);
  });
});
