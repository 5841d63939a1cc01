import { canFollow } from '../../midjourney/operations.ts';
import { hasEnded, lacksResult } from '../../midjourney/task.ts';
import { LEGNEXT } from '../../services/legnext.ts';
import { NotATask } from '../../services/service.ts';

const JOB = '7d2b1c1e-3c2e-4f0e-9f57-0d7e6b3a1c11';
const PICTURES = [0, 1, 2, 3].map((place) => `https://cdn.legnext.ai/mj/${JOB}_${place}.png`);

/** A job as LegNext's documentation shows it. */
const documented = {
  job_id: JOB,
  model: 'midjourney',
  task_type: 'diffusion',
  status: 'completed',
  config: {
    service_mode: 'public',
    webhook_config: { endpoint: 'https://hooks.example/1?secret=S-0123', secret: '' },
  },
  input: null,
  output: {
    image_url: '',
    image_urls: PICTURES,
    seed: '3141592653',
    available_actions: {
      upscale: [0, 1, 2, 3],
      variation: [0, 3],
      reroll: true,
      pan: [0],
      remix: [],
    },
  },
  meta: {
    created_at: '2025-09-02T08:30:00.123456789Z',
    started_at: '2025-09-02T08:30:02.5Z',
    ended_at: '2025-09-02T08:30:40.25Z',
    usage: { type: 'point', frozen: 80, consume: 80 },
  },
  detail: null,
  logs: [],
  error: { code: 0, raw_message: '', message: '', detail: null },
};

describe('a job', () => {
  test('as documented gives four pictures, the seed and the follow-ups that it allows', () => {
    const task = LEGNEXT.readTask(documented);

    expect(task).toEqual({
      id: JOB,
      service: 'legnext',
      operation: 'imagine',
      model: 'midjourney',
      taskType: 'diffusion',
      status: 'finished',
      progress: undefined,
      prompt: '',
      imageUrl: '',
      imageUrls: PICTURES,
      previewUrls: [],
      videoUrls: [],
      audioUrls: [],
      model3dUrl: '',
      seed: '3141592653',
      description: '',
      output: undefined,
      actions: [
        'upscale1',
        'upscale2',
        'upscale3',
        'upscale4',
        'variation1',
        'variation4',
        'reroll',
        'pan',
      ],
      errorMessage: '',
      createdAt: '2025-09-02T08:30:00+00:00',
      startedAt: '2025-09-02T08:30:02+00:00',
      finishedAt: '2025-09-02T08:30:40+00:00',
      durationSeconds: 38,
      prompts: [],
      finalPrompt: '',
      creditsUsed: 80,
      creditsUnit: 'points',
    });
    expect(lacksResult(task)).toBe(false);
    expect(JSON.stringify(task)).not.toContain('S-0123');
  });

  test('in a webhook is read as the same task', () => {
    expect(LEGNEXT.readCallback({ timestamp: 1_756_800_000, data: documented })).toEqual(
      LEGNEXT.readTask(documented),
    );
  });

  test('with one picture gives it as the image', () => {
    const output = { image_url: null, image_urls: [PICTURES[0]] };
    expect(LEGNEXT.readTask({ ...documented, output })).toMatchObject({
      imageUrl: PICTURES[0],
      imageUrls: [PICTURES[0]],
    });
  });

  test('of Describe gives its prompts', () => {
    const output = { prompts: ['a red fox', 'a fox in snow'], description: 'short' };
    expect(LEGNEXT.readTask({ ...documented, task_type: 'describe', output })).toMatchObject({
      operation: 'describe',
      description: 'a red fox\n\na fox in snow',
    });
  });

  test('of Shorten gives its prompts and the one that it settles on, and no description', () => {
    const output = { prompts: ['a red fox in snow', 'red fox'], finalPrompt: 'red fox' };
    expect(LEGNEXT.readTask({ ...documented, task_type: 'shorten', output })).toMatchObject({
      operation: 'shorten',
      description: '',
      prompts: ['a red fox in snow', 'red fox'],
      finalPrompt: 'red fox',
    });
  });

  test.each([
    ['video_diffusion', 'video'],
    ['video-diffusion', 'video'],
    ['extend_video', 'extend_video'],
    ['video-upscale', 'upscale_video'],
    ['remove-background', 'remove_background'],
    ['remix', 'remix'],
    ['edit', 'edit'],
  ])('of the type %s is of the step %s', (task_type, operation) => {
    expect(LEGNEXT.readTask({ ...documented, task_type }).operation).toBe(operation);
  });

  test('of films allows what follows films, which is not taken for what follows pictures', () => {
    const output = {
      video_urls: ['https://cdn.legnext.ai/mj/video/1_0.mp4'],
      available_actions: { extend: [0], upscale: [0] },
    };
    const { actions } = LEGNEXT.readTask({ ...documented, task_type: 'video_diffusion', output });

    expect(actions).toEqual(['extend_video', 'upscale_video']);
    for (const operation of ['upscale', 'video', 'remix'] as const) {
      expect(canFollow(operation, actions)).toBe(false);
    }
    expect(canFollow('extend_video', actions) && canFollow('upscale_video', actions)).toBe(true);
  });

  test('with null for every optional part is read', () => {
    const task = LEGNEXT.readTask({
      job_id: JOB,
      status: 'pending',
      output: null,
      meta: null,
      error: null,
    });
    expect(task).toMatchObject({ id: JOB, status: 'pending', imageUrls: [], actions: [] });
    expect(hasEnded(task)).toBe(false);
  });

  test.each([
    [{ upscale: ['x', null, {}], variation: 'all' }, []],
    [{ upscale: [-1, 1.5, 2] }, ['upscale3']],
    [{ reroll: false, pan: true }, ['pan']],
    [null, []],
  ])('with the unusual actions %j allows %j', (available_actions, actions) => {
    expect(LEGNEXT.readTask({ ...documented, output: { available_actions } }).actions).toEqual(
      actions,
    );
  });

  test.each([[{}], [null], [{ task_id: JOB }], [{ job_id: '' }], [{ data: { job_id: ' ' } }]])(
    'is not read from %j',
    (body) => {
      expect(() => LEGNEXT.readTask(body)).toThrow(NotATask);
    },
  );
});

describe('an answer', () => {
  test('to a create gives the id, or undefined without one', () => {
    expect(LEGNEXT.readStarted({ job_id: JOB, status: 'pending' })).toEqual({ taskId: JOB });
    expect(LEGNEXT.readStarted({ job_id: '' })).toBeUndefined();
    expect(LEGNEXT.readStarted('OK')).toBeUndefined();
  });

  test.each([
    [{ code: 400, message: 'jobId is required' }, 'jobId is required'],
    [{ job_id: '', status: 'failed', error: { message: 'why', raw_message: 'raw' } }, 'why'],
    [{ message: 'failed', error: { message: '', raw_message: 'raw' } }, 'raw'],
    ['<html>', ''],
    [{ message: {} }, ''],
  ])('that refuses with %j gives the reason %j', (body, words) => {
    expect(LEGNEXT.readRefusal(body)).toBe(words);
  });

  test.each([
    [
      { id: 7, name: 'Studio North', plan: 'pro' },
      { name: 'Studio North', plan: 'pro' },
    ],
    [
      { id: 7, name: '', plan: '' },
      { name: 'LegNext', plan: '' },
    ],
    [{}, { name: '', plan: '' }],
  ])('about the account gives its name and plan, never a part of its id: %j', (data, account) => {
    expect(LEGNEXT.readAccount({ code: 200, data })).toMatchObject(account);
  });

  test('about the balance gives what is left', () => {
    const data = { account_id: 7, balance_usd: 2.5, available_credits: 1250 };

    expect(LEGNEXT.balance?.read({ code: 200, data })).toEqual({ credits: 1250, usd: 2.5 });
    expect(LEGNEXT.balance?.read({})).toEqual({ credits: undefined, usd: undefined });
  });
});
