import { areaIn } from '../../midjourney/areas.ts';
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
    ['upscale', '2x', 2],
    ['upscale', '4x', 3],
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

describe('the areas of Inpaint', () => {
  const picture_size = { width: 1024, height: 512 };
  const areasOf = (...texts: string[]) =>
    follow('inpaint', { areas: texts.map(areaIn), picture_size })?.mask;
  const polygon = (points: number[]) => ({ ...picture_size, points });

  test('are polygons in pixels, clockwise from the top left, with the size of the picture', () => {
    expect(areasOf('25, 10, 50, 30', '10,20,30,40 px')).toEqual({
      areas: [
        polygon([256, 51, 768, 51, 768, 205, 256, 205]),
        polygon([10, 20, 40, 20, 40, 60, 10, 60]),
      ],
    });
  });

  test('end at the edge of the picture', () => {
    expect(areasOf('75, 50, 100, 100')).toEqual({
      areas: [polygon([768, 256, 1024, 256, 1024, 512, 768, 512])],
    });
  });

  const problems = (size: { width: number; height: number }, text: string) =>
    LEGNEXT.inputProblems?.('inpaint', {
      areas: [areaIn(text)].flatMap((one) => one ?? []),
      picture_size: size,
    });

  test.each([
    [{ width: 499, height: 900 }, '1,1,9,9', /^Areas: .+500 to 4096 pixels.+499 × 900/],
    [{ width: 900, height: 4097 }, '1,1,9,9', /^Areas: .+500 to 4096 pixels/],
    [{ width: 900, height: 900 }, '900,1,9,9 px', /^Areas: .+outside the picture.+900 × 900/],
  ])('are refused for a picture of %j when they are %j', (size, text, problem) => {
    expect(problems(size, text)).toEqual([expect.stringMatching(problem)]);
  });

  test('are taken for a picture of 500 to 4096 pixels a side', () => {
    expect(problems({ width: 500, height: 4096 }, '0,0,100,100')).toEqual([]);
  });
});

describe('remix', () => {
  test.each([
    ['subtle', 1],
    ['strong', 0],
    [undefined, 0],
  ] as const)('%s has the mode %i, the other way round than a variation', (type, mode) => {
    expect(follow('remix', { index: '2', type, prompt: 'blue', aspect_ratio: '3:2' })).toEqual({
      jobId: JOB,
      imageNo: 1,
      mode,
      remixPrompt: 'blue --ar 3:2',
    });
  });
});

describe('a video', () => {
  const image_url = 'https://a.example/1.png';
  test.each([
    [
      { origin_task_id: JOB, index: '3' },
      { jobId: JOB, imageNo: 2, videoType: 0 },
    ],
    [
      { origin_task_id: JOB, prompt: 'it runs', motion: 'high', resolution: 'hd' },
      { jobId: JOB, imageNo: 0, prompt: 'it runs --motion high', videoType: 1 },
    ],
    [
      { origin_task_id: JOB, motion: 'low' },
      { jobId: JOB, imageNo: 0, prompt: '--motion low', videoType: 0 },
    ],
    [
      { image_url, prompt: 'it runs --motion low', motion: 'low' },
      { prompt: `${image_url} it runs --motion low`, videoType: 0 },
    ],
    [{ image_url }, { prompt: image_url, videoType: 0 }],
  ])('of %j is asked for with %j', (input, body) => {
    expect(start('video', input)).toEqual({ path: '/v1/video-diffusion', body });
  });
});

test.each([
  ['enhance', { index: '4' }, { imageNo: 3 }],
  ['extend_video', { index: '2', prompt: 'on' }, { videoNo: 1, prompt: 'on' }],
  ['extend_video', { index: '1' }, { videoNo: 0 }],
  ['upscale_video', { index: '4' }, { videoNo: 3 }],
] as const)('%s with %j sends %j', (operation, input, body) => {
  expect(follow(operation, input)).toEqual({ jobId: JOB, ...body });
});

test.each([
  [
    'retexture',
    { image_url: 'https://a.example/1.png', prompt: 'marble' },
    { path: '/v1/retexture', body: { imgUrl: 'https://a.example/1.png', remixPrompt: 'marble' } },
  ],
  [
    'remove_background',
    { image_url: 'https://a.example/1.png' },
    { path: '/v1/remove-background', body: { imgUrl: 'https://a.example/1.png' } },
  ],
  ['shorten', { prompt: 'a fox' }, { path: '/v1/shorten', body: { prompt: 'a fox' } }],
] as const)('%s sends its input under the names of LegNext', (operation, input, request) => {
  expect(start(operation, input)).toEqual(request);
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
