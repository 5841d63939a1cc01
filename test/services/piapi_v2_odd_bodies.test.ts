import type { Task } from '../../midjourney/task.ts';
import { PIAPI_V2 } from '../../services/piapi_v2.ts';
import { NotATask } from '../../services/service.ts';

const read = (body: object): Task => PIAPI_V2.readTask({ task_id: 'task-1', ...body });
const result = (task_result: object): Task => read({ task_result });

describe('the status', () => {
  test.each([
    ['Finished', 'finished'],
    ['COMPLETED', 'finished'],
    [' Failed ', 'failed'],
    ['Staged', 'staged'],
    ['Pending', 'pending'],
    ['Processing', 'processing'],
  ])('%s is read as %s', (status, expected) => {
    expect(read({ status }).status).toBe(expected);
  });

  test.each([
    ['success'],
    ['done'],
    [''],
    [null],
    [200],
    [['finished']],
    ['constructor'],
    ['__proto__'],
  ])('an unknown status such as %j counts as processing, never as an end', (status) => {
    expect(read({ status }).status).toBe('processing');
  });
});

describe('the pictures', () => {
  const url = 'https://cdn.example/0_0.png';

  test.each([
    ['null', { image_urls: null, temporary_image_urls: [url] }],
    ['empty', { image_urls: [], temporary_image_urls: [url] }],
    ['missing', { temporary_image_urls: [url] }],
    ['full of blanks', { image_urls: ['', null, 4], temporary_image_urls: [url] }],
  ])('are taken from temporary_image_urls when image_urls is %s', (_state, taskResult) => {
    expect(result(taskResult).imageUrls).toEqual([url]);
  });

  test('are taken from image_urls when both exist', () => {
    const lasting = 'https://img.example/1.png';
    expect(result({ image_urls: [lasting], temporary_image_urls: [url] }).imageUrls).toEqual([
      lasting,
    ]);
  });

  test.each([['javascript:alert(1)'], ['data:image/png;base64,AAAA'], ['/relative.png'], [7]])(
    '%j is not accepted as a link',
    (odd) => {
      expect(result({ image_url: odd, image_urls: [odd], intermediate_image_urls: [odd] })).toEqual(
        expect.objectContaining({ imageUrl: '', imageUrls: [], previewUrls: [] }),
      );
    },
  );
});

describe('the progress', () => {
  test.each([
    [-3, 0],
    [0, 0],
    [45.6, 46],
    [100, 100],
    [250, 100],
    [null, undefined],
    ['46', 46],
    ['half', undefined],
  ])('%j is read as %j', (task_progress, expected) => {
    expect(result({ task_progress }).progress).toBe(expected);
  });

  test('is undefined when it is not sent', () => {
    expect(read({}).progress).toBeUndefined();
  });
});

describe('the times', () => {
  test.each([[0], [-1], [1e20], ['yesterday'], [null]])('%j is read as no time', (created_at) => {
    expect(read({ meta: { created_at } }).createdAt).toBe('');
  });

  test('epoch seconds become ISO 8601 with offset, also when sent as text', () => {
    expect(read({ meta: { ended_at: '1709035427' } }).finishedAt).toBe('2024-02-27T12:03:47+00:00');
    expect(read({ meta: { ended_at: 1709035427.9 } }).finishedAt).toBe('2024-02-27T12:03:47+00:00');
  });
});

test('the prompt is the one that was sent, or else the normalised one', () => {
  const task_param = { prompt: 'normalised' };
  expect(read({ meta: { task_request: { prompt: 'sent' }, task_param } }).prompt).toBe('sent');
  expect(read({ meta: { task_request: null, task_param } }).prompt).toBe('normalised');
});

test.each([
  ['1379580925', '1379580925'],
  [1379580925, '1379580925'],
  [null, ''],
  [{}, ''],
])('the seed %j becomes the text %j', (seed, expected) => {
  expect(result({ seed }).seed).toBe(expected);
});

test('only Describe has a description', () => {
  const task_result = { message: 'a fox in snow' };
  expect(read({ meta: { task_type: 'describe' }, task_result }).description).toBe('a fox in snow');
  expect(read({ meta: { task_type: 'imagine' }, task_result }).description).toBe('');
});

test('the first error message is the reason', () => {
  expect(result({ error_messages: ['', 'Banned Prompt: x', 'more'] }).errorMessage).toBe(
    'Banned Prompt: x',
  );
});

test.each([
  [{ status: 'failed', task_result: { error_messages: 'Banned' } }, 'Banned'],
  [{ status: 'failed', task_result: { error_messages: [{ message: 'no' }] } }, 'no'],
  [
    { status: 'failed', task_result: { error_messages: [], message: 'too many jobs' } },
    'too many jobs',
  ],
  [{ status: 'failed', message: 'no relax tasks left' }, 'no relax tasks left'],
  [{ status: 'finished', message: 'success', task_result: { message: 'a fox' } }, ''],
])('the reason in %j is %j', (body, reason) => {
  expect(PIAPI_V2.readTask({ task_id: 'task-1', ...body }).errorMessage).toBe(reason);
});

test.each([
  [undefined],
  [null],
  ['{}'],
  [7],
  [[]],
  [{}],
  [{ task_id: '' }],
  [{ task_id: '  ' }],
  [{ task_id: 12 }],
  [{ task_id: 'x'.repeat(201) }],
])('%j is no task', (body) => {
  expect(() => PIAPI_V2.readTask(body)).toThrow(NotATask);
});

test('a secret under an unknown key is not part of the task', () => {
  const secret = 'S-0123456789';
  const task = read({
    webhook_secret: secret,
    config: { webhook_config: { secret } },
    meta: { webhook_secret: secret, task_request: { webhook_secret: secret } },
    task_result: { webhook_secret: secret, extra: [secret] },
  });
  expect(JSON.stringify(task)).not.toContain(secret);
});
