import type { Operation } from '../../midjourney/operations.ts';
import { LEGNEXT } from '../../services/legnext.ts';

const JOB = '7d2b1c1e-3c2e-4f0e-9f57-0d7e6b3a1c11';

const start = (operation: Operation, input: Record<string, unknown>) => {
  const { method, path, body } = LEGNEXT.startRequest(operation, input, undefined);
  expect(method).toBe('POST');
  return { path, body };
};
const follow = (operation: Operation, input: Record<string, unknown>) =>
  start(operation, { origin_task_id: JOB, ...input }).body;

describe('the text of Imagine', () => {
  test.each([
    [{ prompt: 'red fox' }, 'red fox'],
    [{ prompt: 'red fox', aspect_ratio: '16:9' }, 'red fox --ar 16:9'],
    [{ prompt: 'red fox', process_mode: 'turbo' }, 'red fox --turbo'],
    [{ prompt: 'red fox', aspect_ratio: '2:3', process_mode: 'fast' }, 'red fox --ar 2:3 --fast'],
    [{ prompt: 'red fox --ar 1:1', aspect_ratio: '16:9' }, 'red fox --ar 1:1'],
    [{ prompt: 'red fox --aspect 1:1', aspect_ratio: '16:9' }, 'red fox --aspect 1:1'],
    [{ prompt: 'red fox --relax', process_mode: 'fast' }, 'red fox --relax'],
    [{ prompt: 'a {{bundle.x}} fox --v 6' }, 'a {{bundle.x}} fox --v 6'],
  ])('for %j is %j', (input, text) => {
    expect(start('imagine', input)).toEqual({ path: '/v1/diffusion', body: { text } });
  });
});

describe('a follow-up', () => {
  test.each([
    ['1', 0],
    ['2', 1],
    ['4', 3],
    [undefined, 0],
  ])('of image %j is of the image %i, counted from 0', (index, imageNo) => {
    expect(follow('upscale', { index })).toEqual({ jobId: JOB, imageNo, type: 0 });
    expect(follow('variation', { index })).toEqual({ jobId: JOB, imageNo, type: 1 });
  });

  test.each([
    ['upscale', 'subtle', 0],
    ['upscale', 'creative', 1],
    ['variation', 'subtle', 0],
    ['variation', 'strong', 1],
  ] as const)('%s %s has the type %i', (operation, type, expected) => {
    expect(follow(operation, { index: '1', type })).toMatchObject({ type: expected });
  });

  test.each([
    ['down', 0],
    ['right', 1],
    ['up', 2],
    ['left', 3],
  ])('that pans %s has the direction %i', (direction, expected) => {
    expect(follow('pan', { direction })).toEqual({
      jobId: JOB,
      imageNo: 0,
      direction: expected,
      scale: 1.5,
    });
  });

  test('has its scale as a number', () => {
    expect(follow('pan', { direction: 'up', scale: 2.5 })).toMatchObject({ scale: 2.5 });
    expect(follow('outpaint', { zoom_ratio: '2', index: '3' })).toEqual({
      jobId: JOB,
      imageNo: 2,
      scale: 2,
    });
  });

  test('has a new prompt with the aspect ratio in it, once', () => {
    expect(follow('variation', { index: '1', prompt: 'blue', aspect_ratio: '3:2' })).toMatchObject({
      remixPrompt: 'blue --ar 3:2',
    });
    expect(
      follow('outpaint', { zoom_ratio: '2', prompt: 'blue --ar 1:1', aspect_ratio: '3:2' }),
    ).toMatchObject({ remixPrompt: 'blue --ar 1:1' });
    expect(follow('reroll', {})).toEqual({ jobId: JOB });
  });

  test('accepts an aspect ratio only with a new prompt, and the error says so', () => {
    const problems = (input: Record<string, unknown>) =>
      LEGNEXT.inputProblems?.('variation', input);

    expect(problems({ aspect_ratio: '3:2' })).toEqual([
      'Aspect Ratio: LegNext takes it only together with a New Prompt.',
    ]);
    expect(problems({ aspect_ratio: '3:2', prompt: 'blue' })).toEqual([]);
    expect(LEGNEXT.inputProblems?.('imagine', { aspect_ratio: '3:2', prompt: 'blue' })).toEqual([]);
  });

  test('for Inpaint sends the URL of the mask', () => {
    const mask = 'https://a.example/mask.png';
    expect(follow('inpaint', { mask, mask_base64: 'AAAA', index: '2' })).toEqual({
      jobId: JOB,
      imageNo: 1,
      mask: { url: mask },
    });
  });
});

test.each([
  ['square', '1:1'],
  ['portrait', '2:3'],
  ['landscape', '3:2'],
  [undefined, '1:1'],
])('Blend in %j has the aspect ratio %s', (dimension, aspect_ratio) => {
  const image_urls = ['https://a.example/1.png', 'https://a.example/2.png'];
  expect(start('blend', { image_urls, dimension })).toEqual({
    path: '/v1/blend',
    body: { imgUrls: image_urls, aspect_ratio },
  });
});

test('Describe sends the URL of its picture', () => {
  expect(start('describe', { image_url: 'https://a.example/1.png' })).toEqual({
    path: '/v1/describe',
    body: { imgUrl: 'https://a.example/1.png' },
  });
});

describe('the callback', () => {
  const callback = (webhook_endpoint: string) =>
    LEGNEXT.startRequest(
      'reroll',
      { origin_task_id: JOB },
      { webhook_endpoint, webhook_secret: 'S-0_1', notify_progress: true },
    ).body?.callback;

  test('is the webhook URL, unchanged', () => {
    const url = 'https://hooks.example/1?reference=row+7%2F%C3%A4%26b&secret=S-0_1';
    expect(callback(url)).toBe(url);
  });

  test('is left out when there is no webhook URL', () => {
    expect(start('reroll', { origin_task_id: JOB }).body).toEqual({ jobId: JOB });
  });
});

test('the id of a job is encoded, so that it cannot change the path', () => {
  expect(LEGNEXT.fetchRequest('../a?b')).toEqual({ method: 'GET', path: '/v1/job/..%2Fa%3Fb' });
  expect(LEGNEXT.accountRequest()).toEqual({ method: 'GET', path: '/account/info' });
});

test.each(['seed', 'run_task'] as const)('there is no request for %s', (operation) => {
  expect(() => start(operation, {})).toThrow('LegNext has no');
});
