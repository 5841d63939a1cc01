import { taskOf } from '../../midjourney/task.ts';
import { PIAPI_V2 } from '../../services/piapi_v2.ts';
import { NotATask } from '../../services/service.ts';
import accepted from '../fixtures/piapi_v2/create_accepted.json' with { type: 'json' };
import refused from '../fixtures/piapi_v2/create_refused.json' with { type: 'json' };
import failed from '../fixtures/piapi_v2/imagine_failed.json' with { type: 'json' };
import finished from '../fixtures/piapi_v2/imagine_finished.json' with { type: 'json' };
import fourImages from '../fixtures/piapi_v2/imagine_finished_four_images.json' with {
  type: 'json',
};
import pending from '../fixtures/piapi_v2/imagine_pending.json' with { type: 'json' };
import processing from '../fixtures/piapi_v2/imagine_processing.json' with { type: 'json' };

const ID = 'c0d39b5a-345c-4448-a7bf-5c299c38a06a';
const IMAGE = `https://img.midjourneyapi.xyz/mj/${ID}.png`;

const PENDING = {
  id: ID,
  service: 'piapi_v2',
  operation: 'imagine',
  model: 'midjourney',
  taskType: 'imagine',
  status: 'pending',
  progress: 0,
  prompt: 'a dog in front of the Cybeles fountain',
  imageUrl: '',
  imageUrls: [],
  previewUrls: [],
  videoUrls: [],
  audioUrls: [],
  model3dUrl: '',
  seed: '',
  description: '',
  output: undefined,
  actions: [],
  errorMessage: '',
  createdAt: '2024-02-27T12:02:41+00:00',
  startedAt: '',
  finishedAt: '',
  durationSeconds: undefined,
  prompts: [],
  finalPrompt: '',
  creditsUsed: undefined,
  creditsUnit: '',
};
const PROCESSING = {
  ...PENDING,
  status: 'processing',
  progress: 46,
  previewUrls: [`https://img.midjourneyapi.xyz/mj/${ID}-46.png`],
  startedAt: '2024-02-27T12:02:45+00:00',
  durationSeconds: 12,
};
const FAILED = {
  ...PROCESSING,
  status: 'failed',
  progress: 0,
  previewUrls: [],
  errorMessage: 'Banned Prompt: blood',
  finishedAt: '2024-02-27T12:02:46+00:00',
  durationSeconds: 1,
  creditsUsed: 0,
  creditsUnit: 'quota',
};
const FINISHED = {
  ...PROCESSING,
  status: 'finished',
  progress: 100,
  previewUrls: [],
  imageUrl: IMAGE,
  actions: [
    'reroll',
    'upscale1',
    'upscale2',
    'upscale3',
    'upscale4',
    'variation1',
    'variation2',
    'variation3',
    'variation4',
  ],
  finishedAt: '2024-02-27T12:03:47+00:00',
  durationSeconds: 62,
  creditsUsed: 3,
  creditsUnit: 'quota',
};
const FOUR = [0, 1, 2, 3].map((place) => `https://cdn.midjourney.com/34ca8bae/0_${place}.png`);

describe('a task object', () => {
  test.each([
    ['pending', pending, PENDING],
    ['processing', processing, PROCESSING],
    ['failed', failed, FAILED],
    ['finished', finished, FINISHED],
    ['finished with four images', fourImages, { ...FINISHED, imageUrls: FOUR }],
  ])('%s is read in full, from a fetch and from a webhook alike', (_name, body, task) => {
    expect(PIAPI_V2.readTask(body)).toEqual(task);
    expect(PIAPI_V2.readCallback(body)).toEqual(task);
  });
});

describe('the answer to a create', () => {
  test('accepted gives the id of the task', () => {
    expect(PIAPI_V2.readStarted(accepted)).toEqual({ taskId: ID });
  });

  test('without an id is a refusal with the reason, also with HTTP 200', () => {
    expect(PIAPI_V2.readStarted(refused)).toEqual({
      refusal: 'derive from origin task: parent task is outdated',
    });
  });

  test.each([
    [undefined],
    [null],
    ['ok'],
    [[]],
    [{ task_id: 7 }],
    [{ task_id: null }],
    [{ message: 'success' }],
    [{ code: 200, data: { task_id: 'a' }, message: 'success' }],
  ])('%j is neither an id nor a refusal', (body) => {
    expect(PIAPI_V2.readStarted(body)).toBeUndefined();
  });
});

describe('the history', () => {
  const row = (known: object) => ({
    id: 7,
    account_id: 'a',
    task_id: 'task-1',
    task_model: 'mj',
    action: 'imagine',
    status: 'finished',
    usage: 700_000,
    usage_type: 'point',
    service_mode: 'public',
    created_at: '2026-11-25T09:14:02Z',
    updated_at: '2026-11-25T09:14:49.123Z',
    detail: {
      task_id: 'task-1',
      model: 'midjourney',
      workflow_type: 'imagine',
      taskInput: { prompt: 'red fox', originTaskId: '', index: '' },
    },
    ...known,
  });
  const page = (rows: unknown[]) => ({
    code: 200,
    data: { data: rows, page: 1, size: 20, total: rows.length },
    message: 'success',
  });
  const read = (rows: unknown[]) => PIAPI_V2.history?.read(page(rows), '').tasks;

  test('has rows of its own, which tell all but the pictures', () => {
    expect(read([row({})])).toEqual([
      taskOf({
        id: 'task-1',
        service: 'piapi_v2',
        operation: 'imagine',
        status: 'finished',
        prompt: 'red fox',
        createdAt: '2026-11-25T09:14:02+00:00',
        finishedAt: '2026-11-25T09:14:49+00:00',
      }),
    ]);
  });

  test('has tasks that run and that failed', () => {
    const detail = { taskInput: { prompt: 'blood' }, errorMessage: 'Banned Prompt: blood' };
    expect(read([row({ status: 'processing' }), row({ status: 'failed', detail })])).toMatchObject([
      { status: 'processing', finishedAt: '' },
      { status: 'failed', prompt: 'blood', errorMessage: 'Banned Prompt: blood' },
    ]);
  });

  test('is not lost for one odd row', () => {
    const odd = [null, 7, {}, row({ task_id: null, detail: null })];
    expect(read([...odd, row({ detail: 'none' })])).toMatchObject([{ id: 'task-1', prompt: '' }]);
  });

  test.each([[undefined], [null], ['<html>'], [{}], [{ data: null }], [{ data: { data: 3 } }]])(
    'is empty for %j',
    (body) => {
      expect(PIAPI_V2.history?.read(body, '3')).toEqual({ tasks: [], next: null });
    },
  );
});

describe('the account', () => {
  test('has a name and a plan, the name also under its older key', () => {
    expect(PIAPI_V2.readAccount({ data: { name: 'Studio North', plan: 'pro' } })).toEqual({
      name: 'Studio North',
      plan: 'pro',
    });
    expect(PIAPI_V2.readAccount({ data: { account_name: 'Studio', account_id: 3 } })).toEqual({
      name: 'Studio',
      plan: '',
    });
  });

  test('is empty when the answer is not an account', () => {
    expect(PIAPI_V2.readAccount('<html>')).toEqual({ name: '', plan: '' });
  });
});

describe('the reason of a refusal', () => {
  test.each([
    [{ message: 'no credits' }, 'no credits'],
    [{ error: 'no credits' }, 'no credits'],
    [{ error: { message: 'no credits' } }, 'no credits'],
    [{ message: '', error: { message: 'no credits' } }, 'no credits'],
    [{ message: { deep: 1 }, error: 5 }, ''],
    ['<html>', ''],
    [undefined, ''],
  ])('in %j is "%s"', (body, reason) => {
    expect(PIAPI_V2.readRefusal(body)).toBe(reason);
  });
});

describe('requests', () => {
  test('a create has the webhook fields beside the input fields', () => {
    const webhook = {
      webhook_endpoint: 'https://hooks.example/1',
      webhook_secret: 'S',
      notify_progress: true,
    };
    expect(PIAPI_V2.startRequest('imagine', { prompt: 'fox' }, webhook)).toEqual({
      method: 'POST',
      path: '/mj/v2/imagine',
      body: { prompt: 'fox', ...webhook },
    });
  });

  test('no webhook field is sent without a webhook URL', () => {
    expect(PIAPI_V2.startRequest('imagine', { prompt: 'fox' }, undefined).body).toEqual({
      prompt: 'fox',
    });
  });

  test('the account and the history are read with GET', () => {
    expect(PIAPI_V2.accountRequest()).toEqual({ method: 'GET', path: '/account/info' });
    expect(PIAPI_V2.history?.request('2', 50)).toEqual({
      method: 'GET',
      path: '/api/open/tasks/histories?page=2&page_size=50&model=mj',
    });
  });
});

test('a body without an id throws NotATask', () => {
  expect(() => PIAPI_V2.readTask({ status: 'finished' })).toThrow(NotATask);
});
