import { PIAPI_UNIFIED } from '../../services/piapi_unified.ts';

const ID = 'c130c235-8cc4-4a64-8db1-238fd073c697';

describe('the status that an answer stands for', () => {
  test.each([
    [200, { code: 200 }, 200],
    [200, { code: '200' }, 200],
    [200, { code: 0 }, 200],
    [200, {}, 200],
    [200, '<html>', 200],
    [200, { code: 401 }, 401],
    [200, { code: 404 }, 404],
    [200, { code: 429 }, 429],
    [200, { code: 500 }, 500],
    [200, { code: 10000 }, 400],
    [200, { code: 1 }, 400],
    [201, { code: 200 }, 201],
    [502, { code: 200 }, 502],
    [404, '', 404],
  ])('HTTP %i with %j is %i', (status, body, expected) => {
    expect(PIAPI_UNIFIED.statusOf?.(status, body)).toBe(expected);
  });
});

describe('the reason of a refusal', () => {
  test.each([
    [{ code: 400, data: null, message: 'no credits' }, 'no credits'],
    [
      { code: 500, data: { error: { message: 'short', raw_message: 'long' } }, message: 'x' },
      'long',
    ],
    [{ code: 500, data: { error: { message: 'short', raw_message: '' } }, message: 'x' }, 'short'],
    [{ error: 'odd' }, 'odd'],
    ['<html>', ''],
  ])('in %j is %j', (body, words) => {
    expect(PIAPI_UNIFIED.readRefusal(body)).toBe(words);
  });

  test('is the message of a create without an id', () => {
    expect(PIAPI_UNIFIED.readStarted({ data: null, message: 'no' })).toEqual({ refusal: 'no' });
    expect(PIAPI_UNIFIED.readStarted({ data: null, message: 'success' })).toBeUndefined();
  });
});

describe('a request', () => {
  const webhook = {
    webhook_endpoint: 'https://hooks.example/1?reference=a',
    webhook_secret: 'S',
    notify_progress: true,
  };
  const start = PIAPI_UNIFIED.startRequest;

  test('starts a Midjourney task, with the webhook in its config and without notify_progress', () => {
    expect(start('upscale', { origin_task_id: ID, index: '2' }, webhook)).toEqual({
      method: 'POST',
      path: '/api/v1/task',
      body: {
        model: 'midjourney',
        task_type: 'upscale',
        input: { origin_task_id: ID, index: '2' },
        config: {
          service_mode: '',
          webhook_config: { endpoint: 'https://hooks.example/1?reference=a', secret: 'S' },
        },
      },
    });
  });

  test('starts a task of any model with the input as entered', () => {
    const input = { prompt: 'red fox', service_mode: 'own' };
    const task = { model: 'kling', task_type: 'video_generation', input };

    expect(start('run_task', { ...task, service_mode: 'public' }, undefined).body).toEqual({
      ...task,
      config: { service_mode: 'public', webhook_config: { endpoint: '', secret: '' } },
    });
  });

  test('sends the parent of a seed as origin_task_id, and a mask as base64', () => {
    expect(start('seed', { origin_task_id: ID }, undefined).body).toMatchObject({
      input: { origin_task_id: ID },
    });
    expect(
      start('inpaint', { mask: 'https://a.example/m.png', mask_base64: 'AAAA' }, undefined).body,
    ).toMatchObject({ input: { mask: 'AAAA' } });
  });

  test('encodes the id of a task, so that it cannot change the path', () => {
    expect(PIAPI_UNIFIED.fetchRequest('../a?b')).toEqual({
      method: 'GET',
      path: '/api/v1/task/..%2Fa%3Fb',
    });
    expect(PIAPI_UNIFIED.cancelRequest?.(ID)).toEqual({
      method: 'DELETE',
      path: `/api/v1/task/${ID}`,
    });
  });
});
