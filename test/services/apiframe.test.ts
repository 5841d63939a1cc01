import type { Operation } from '../../midjourney/operations.ts';
import { APIFRAME } from '../../services/apiframe.ts';
import { NotATask } from '../../services/service.ts';
import accepted from '../fixtures/apiframe/accepted.json' with { type: 'json' };
import errors from '../fixtures/apiframe/errors.json' with { type: 'json' };
import completed from '../fixtures/apiframe/job_completed.json' with { type: 'json' };
import failed from '../fixtures/apiframe/job_failed.json' with { type: 'json' };
import me from '../fixtures/apiframe/me.json' with { type: 'json' };
import webhookCompleted from '../fixtures/apiframe/webhook_completed.json' with { type: 'json' };
import webhookFailed from '../fixtures/apiframe/webhook_failed.json' with { type: 'json' };
import webhookProgress from '../fixtures/apiframe/webhook_progress.json' with { type: 'json' };

const JOB = '7c1d2f60-0a4b-4f5e-9b0e-2f6a1c9d3e11';

const bodyOf = (operation: Operation, input: Record<string, unknown>) =>
  APIFRAME.startRequest(operation, input, undefined).body;
const follow = (operation: Operation, input: Record<string, unknown>) =>
  bodyOf(operation, { origin_task_id: JOB, ...input });

describe('the body of Imagine', () => {
  test.each([
    ['red fox', undefined, 'red fox', undefined],
    ['red fox', '16:9', 'red fox', '16:9'],
    ['red fox --ar 3:2 --v 7', undefined, 'red fox --v 7', '3:2'],
    ['red fox --v 7 --ar 3:2', undefined, 'red fox --v 7', '3:2'],
    ['red fox --aspect 3:2 --no hat, tie', undefined, 'red fox --no hat, tie', '3:2'],
    ['red fox --ar3:2 --raw', undefined, 'red fox --raw', '3:2'],
    ['red fox --ar 1.5:1', undefined, 'red fox', '3:2'],
    ['red fox --ar 3:2', '3:2', 'red fox', '3:2'],
    ['red fox --ar {3:2, 2:3}', undefined, 'red fox --ar {3:2, 2:3}', undefined],
    ['a {{bundle.x}} fox', undefined, 'a {{bundle.x}} fox', undefined],
  ])('for %j and the ratio %j has the prompt %j and the ratio %j', (prompt, given, text, ratio) => {
    expect(bodyOf('imagine', { prompt, aspect_ratio: given })).toEqual({
      model: 'midjourney',
      prompt: text,
      ...(ratio && { midjourneyParams: { aspect_ratio: ratio } }),
    });
  });
});

test('the speed is a word of the prompt', () => {
  expect(bodyOf('imagine', { prompt: 'red fox --ar 3:2', process_mode: 'fast' })).toEqual({
    model: 'midjourney',
    prompt: 'red fox --fast',
    midjourneyParams: { aspect_ratio: '3:2' },
  });
});

describe('the body of an action', () => {
  test.each([
    ['upscale', { index: '2' }, { action: 'upsample', index: 2 }],
    ['variation', { index: '4' }, { action: 'variation', index: 4 }],
    ['pan', { direction: 'left' }, { action: 'pan', direction: 'left' }],
    ['outpaint', { zoom_ratio: '1.5' }, { action: 'outpaint', zoomRatio: 1.5 }],
    ['inpaint', { mask_base64: 'iVBO' }, { action: 'inpaint', mask: 'iVBO' }],
    [
      'inpaint',
      { mask_base64: 'iVBO', prompt: 'a red boat' },
      { action: 'inpaint', mask: 'iVBO', prompt: 'a red boat' },
    ],
  ] as const)('%s with %j holds these keys and no more', (operation, input, body) => {
    expect(follow(operation, input)).toEqual({ parentJobId: JOB, ...body });
  });
});

test('the body of a film holds what was entered', () => {
  const start = { image_url: 'https://a.test/1.png', prompt: 'waves' };
  const params = { start_image: 'https://a.test/1.png' };
  const body = { model: 'midjourney-video', prompt: 'waves' };
  expect(bodyOf('video', start)).toEqual({ ...body, midjourneyVideoParams: params });
  expect(bodyOf('video', { ...start, motion: 'high', resolution: 'hd' })).toEqual({
    ...body,
    midjourneyVideoParams: { ...params, motion: 'high', resolution: 'hd' },
  });
});

describe('the body of Run Any Model', () => {
  test('is the input beside the model, at the address that the task type names', () => {
    const input = { prompt: 'red fox', klingParams: { duration: 5 } };
    expect(
      APIFRAME.startRequest(
        'run_task',
        { model: 'kling-3.0', task_type: 'videos/generate', input },
        undefined,
      ),
    ).toEqual({
      method: 'POST',
      path: '/v2/videos/generate',
      body: { ...input, model: 'kling-3.0' },
    });
  });

  test('has no model where the address takes none', () => {
    const input = { action: 'stems', parentJobId: JOB };
    expect(bodyOf('run_task', { model: 'suno', task_type: 'music/suno/action', input })).toEqual(
      input,
    );
  });
});

test.each([
  [true, ['progress', 'completed', 'failed']],
  [false, ['completed', 'failed']],
])('with progress %j the webhook is asked for %j', (notify_progress, webhookEvents) => {
  const webhook = {
    webhook_endpoint: 'https://hooks.zapier.com/x?secret=s',
    webhook_secret: 's',
    notify_progress,
  };
  expect(APIFRAME.startRequest('imagine', { prompt: 'fox' }, webhook).body).toEqual({
    model: 'midjourney',
    prompt: 'fox',
    webhookUrl: 'https://hooks.zapier.com/x?secret=s',
    webhookEvents,
  });
});

describe('what is refused before anything is started', () => {
  test.each([
    ['imagine', { prompt: 'x'.repeat(2000) }, []],
    [
      'imagine',
      { prompt: 'x'.repeat(2001) },
      [
        'Prompt: APIFRAME takes at most 2000 characters, with parameters and links. This one has 2001; shorten it.',
      ],
    ],
    ['inpaint', { mask_base64: 'A'.repeat(12_000_001) }, ['Mask: APIFRAME takes at most 9 MB.']],
    ['run_task', { task_type: 'videos/generate' }, []],
    ['run_task', { task_type: 'music/suno/action' }, []],
    ['run_task', { task_type: '../me' }, [expect.stringContaining('Task Type: ')]],
    ['run_task', { task_type: 'video_generation' }, [expect.stringContaining('images/generate')]],
  ] as const)('%s %#', (operation, input, problems) => {
    expect(APIFRAME.inputProblems?.(operation, input)).toEqual(problems);
  });
});

describe('a job', () => {
  test('of four pictures has them, their grid, its prompt with the ratio, and what can follow', () => {
    const { result } = completed;
    expect(APIFRAME.readTask(completed)).toMatchObject({
      id: JOB,
      service: 'apiframe',
      operation: 'imagine',
      status: 'finished',
      prompt: 'a lighthouse made of folded paper, dusk light --v 7 --stylize 120 --ar 3:2',
      imageUrl: result.gridUrl,
      imageUrls: result.images,
      creditsUsed: 16,
      creditsUnit: 'credits',
      createdAt: '2026-11-25T08:14:02+00:00',
      finishedAt: '2026-11-25T08:14:51+00:00',
      actions: expect.arrayContaining(['upscale1', 'variation4', 'reroll']),
    });
  });

  test('of one picture was upscaled, and can be panned, zoomed out of and repainted', () => {
    const [image = ''] = completed.result.images;
    const one = { ...completed, result: { images: [image] }, input: null };
    expect(APIFRAME.readTask(one)).toMatchObject({
      operation: 'upscale',
      imageUrl: image,
      actions: ['pan', 'outpaint', 'inpaint', 'animate'],
    });
  });

  test('whose input is echoed says its action', () => {
    const input = { action: 'variation', parentJobId: JOB, index: 2 };
    expect(APIFRAME.readTask({ ...completed, input })).toMatchObject({ operation: 'variation' });
  });

  test.each([
    ['a bare link', 'https://cdn.apiframe.test/1.png', ['https://cdn.apiframe.test/1.png']],
    [
      'a list of links',
      ['https://a.test/1.png', 'https://a.test/2.png'],
      ['https://a.test/1.png', 'https://a.test/2.png'],
    ],
    ['nothing', null, []],
  ])('whose result is %s is read', (_, result, imageUrls) => {
    expect(APIFRAME.readTask({ ...completed, result })).toMatchObject({ imageUrls });
  });

  test('that failed says why, and costs nothing', () => {
    expect(APIFRAME.readTask(failed)).toMatchObject({
      status: 'failed',
      errorMessage: 'No available capacity — please retry shortly',
      creditsUsed: 0,
    });
  });

  test.each([
    ['QUEUED', 'pending'],
    ['PROCESSING', 'processing'],
    ['CANCELLED', 'failed'],
    ['PAUSED', 'processing'],
  ])('with the status %s is %s', (status, expected) => {
    expect(APIFRAME.readTask({ ...completed, status }).status).toBe(expected);
  });

  test.each([
    ['midjourney-video', { videos: ['https://a.test/1.mp4', 'https://a.test/2.mp4'] }, 'video'],
    ['kling-3.0', { videoUrl: 'https://a.test/1.mp4' }, 'create_video'],
  ])('of %s has its films', (model, result, operation) => {
    const task = APIFRAME.readTask({ ...completed, model, result, input: undefined });
    expect(task).toMatchObject({ operation, videoUrls: Object.values(result).flat() });
  });

  test('of songs has each of them', () => {
    const tracks = [
      {
        id: 'a',
        audioUrl: 'https://a.test/1.mp3',
        imageUrl: 'https://a.test/1.jpg',
        title: 'Snow',
      },
      {
        id: 'b',
        audioUrl: 'https://a.test/2.mp3',
        imageUrl: 'https://a.test/2.jpg',
        title: 'Snow',
      },
    ];
    expect(
      APIFRAME.readTask({ ...completed, model: 'suno', result: { tracks } }).audioUrls,
    ).toEqual(['https://a.test/1.mp3', 'https://a.test/2.mp3']);
  });

  test.each([[null], ['<html>'], [{}], [{ status: 'COMPLETED' }]])('is not %j', (body) => {
    expect(() => APIFRAME.readTask(body)).toThrow(NotATask);
  });
});

test('webhooks of progress, of the end and of a failure are read like jobs', () => {
  expect(APIFRAME.readCallback(webhookProgress)).toMatchObject({
    id: JOB,
    status: 'processing',
    progress: 45,
  });
  expect(APIFRAME.readCallback(webhookCompleted)).toMatchObject({
    id: JOB,
    status: 'finished',
    imageUrls: webhookCompleted.result.images,
  });
  expect(APIFRAME.readCallback(webhookFailed)).toMatchObject({
    status: 'failed',
    errorMessage: 'Image denied by the image filters',
  });
});

describe('what an operation takes out of its parent', () => {
  const grid = APIFRAME.readTask(completed);

  test('Reroll sends its prompt again, unless a new one is given', () => {
    const reroll = APIFRAME.fromParent?.reroll;
    expect(reroll?.({}, grid)).toEqual({ prompt: grid.prompt });
    expect(reroll?.({ prompt: 'blue fox' }, grid)).toEqual({ prompt: 'blue fox' });
    expect(reroll?.({}, { ...grid, prompt: '' })).toContain('New Prompt: APIFRAME does not say');
  });

  test('a film begins with its picture, and with its words where there are no others', () => {
    const film = APIFRAME.fromParent?.video;
    const [first, second] = grid.imageUrls;
    expect(film?.({}, grid)).toEqual({
      image_url: first,
      prompt: 'a lighthouse made of folded paper, dusk light',
    });
    expect(film?.({ index: '2', prompt: 'waves' }, grid)).toMatchObject({
      image_url: second,
      prompt: 'waves',
    });
    expect(film?.({}, { ...grid, imageUrl: '', imageUrls: [] })).toContain('Image: ');
  });

  test.each(['pan', 'outpaint', 'inpaint'] as const)('%s asks for one picture', (operation) => {
    expect(APIFRAME.fromParent?.[operation]?.({}, grid)).toContain('Task: Upscale first.');
    const upscaled = { ...grid, actions: ['pan', 'outpaint', 'inpaint'] };
    expect(APIFRAME.fromParent?.[operation]?.({ index: '1' }, upscaled)).toEqual({ index: '1' });
  });
});

describe('other answers', () => {
  test('a create gives the id', () => {
    expect(APIFRAME.readStarted(accepted)).toEqual({ taskId: accepted.jobId });
    expect(APIFRAME.readStarted({ status: 'QUEUED' })).toBeUndefined();
  });

  test('the account has a name, a plan and credits, and may be without a team', () => {
    expect(APIFRAME.readAccount(me)).toEqual({
      name: 'Paper Studio',
      plan: 'pro',
      credits: 1184,
      usd: undefined,
    });
    expect(APIFRAME.readAccount({ ...me, team: null })).toMatchObject({
      name: 'staging',
      plan: '',
    });
    expect(APIFRAME.readAccount('<html>')).toMatchObject({ name: '' });
  });

  test('the list of jobs is read by its cursor', () => {
    expect(APIFRAME.history?.request('', 50).path).toBe('/v2/jobs?limit=50');
    expect(APIFRAME.history?.request('a/b=', 50).path).toBe('/v2/jobs?limit=50&cursor=a%2Fb%3D');
    const page = { jobs: [completed, null, {}], nextCursor: 'next', hasMore: true };
    expect(APIFRAME.history?.read(page, '')).toMatchObject({ tasks: [{ id: JOB }], next: 'next' });
    expect(APIFRAME.history?.read({ jobs: [], nextCursor: null }, '')).toEqual({
      tasks: [],
      next: null,
    });
  });

  test('jobs that have not ended are counted', () => {
    const jobs = [completed, failed, { ...completed, status: 'QUEUED' }];
    expect(APIFRAME.activeTasks?.read({ jobs })).toBe(1);
  });

  test.each([
    [
      errors['400'],
      'Validation failed. prompt: Too big: expected string to have <=2000 characters',
    ],
    [errors['402'], 'Insufficient credits. 16 are needed and 3 are left'],
    [errors['404'], 'Job not found'],
    ['<html>', ''],
  ])('the words of the refusal %j are %j', (body, words) => {
    expect(APIFRAME.readRefusal(body)).toBe(words);
  });

  test('an id that is none of its own is unknown', () => {
    const body = { error: 'Validation failed', details: { id: ['Invalid UUID'] } };
    expect(APIFRAME.statusOf?.(400, body)).toBe(404);
    expect(APIFRAME.statusOf?.(400, errors['400'])).toBe(400);
    expect(APIFRAME.statusOf?.(200, {})).toBe(200);
  });
});
