import { SANDBOX_KEY } from '../../sandbox/piapi/piapi.ts';
import { SandboxStepError } from '../../sandbox/zapier/zapier.ts';
import { quietConsole } from '../support/quiet.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

quietConsole();

let worlds: Worlds;
beforeEach(async () => {
  worlds = await startWorlds();
});
afterEach(() => worlds.stop());

const creates = () => worlds.piapi.requests.filter(({ path }) => path === '/mj/v2/imagine');

const refusalOf = async (input: Record<string, unknown>): Promise<SandboxStepError> => {
  try {
    await worlds.account.create('imagine', input);
  } catch (error) {
    if (error instanceof SandboxStepError) {
      return error;
    }
    throw error;
  }
  throw new Error('The step was expected to be refused.');
};

test('starts a task with one call to the service and gives its id', async () => {
  const { status, output } = await worlds.account.create('imagine', {
    prompt: '  red fox in fresh snow  ',
    aspect_ratio: '16:9',
    process_mode: 'Fast',
    skip_prompt_check: 'no',
    reference: 'row-7',
  });

  expect(status).toBe('success');
  expect(worlds.piapi.requests).toHaveLength(1);
  expect(creates()[0]?.body).toEqual({
    prompt: 'red fox in fresh snow',
    aspect_ratio: '16:9',
    process_mode: 'fast',
    skip_prompt_check: false,
  });
  expect(output).toMatchObject({
    id: worlds.piapi.taskIds()[0],
    task_id: worlds.piapi.taskIds()[0],
    operation: 'imagine',
    service: 'piapi_v2',
    status: 'pending',
    succeeded: false,
    prompt: 'red fox in fresh snow',
    reference: 'row-7',
    image_url: '',
    images: [],
  });
});

test('sends no webhook fields when no Zap listens', async () => {
  await worlds.account.create('imagine', { prompt: 'red fox' });

  expect(creates()[0]?.body).toEqual({ prompt: 'red fox' });
});

test('requests progress only when a Task Progress Zap is on and the step allows it', async () => {
  await worlds.listen('task_finished');
  await worlds.account.create('imagine', { prompt: 'red fox' });
  await worlds.listen('task_progress');
  await worlds.account.create('imagine', { prompt: 'red fox' });
  await worlds.account.create('imagine', { prompt: 'red fox', notify_progress: false });

  expect(creates().map(({ body }) => body)).toMatchObject([
    { notify_progress: false },
    { notify_progress: true },
    { notify_progress: false },
  ]);
});

test('sends a prompt that contains {{…}} unchanged', async () => {
  const prompt = 'a sign that reads {{bundle.inputData.prompt}}';
  const { output } = await worlds.account.create('imagine', { prompt });

  expect(output.prompt).toBe(prompt);
  expect(creates()[0]?.body).toMatchObject({ prompt });
});

describe('bad input', () => {
  test.each([
    ['an empty prompt', { prompt: '   ' }, 'Prompt: Describe the picture'],
    ['a missing prompt', {}, 'Prompt: Describe the picture'],
    [
      'a hyphen in the aspect ratio',
      { prompt: 'fox', aspect_ratio: '16-9' },
      'Aspect Ratio: Write width:height',
    ],
    [
      'an unknown speed',
      { prompt: 'fox', process_mode: 'warp' },
      'Speed: Choose one of: relax, fast, turbo',
    ],
    [
      'a fraction as bot id',
      { prompt: 'fox', bot_id: '1.5' },
      'Hosted Account Number: Enter a whole number',
    ],
    [
      'a reference too long',
      { prompt: 'fox', reference: 'x'.repeat(201) },
      'Reference: Use at most 200',
    ],
  ])('%s stops the step, names the field and starts no task', async (_, input, sentence) => {
    const { kind, shown } = await refusalOf(input);

    expect(kind).toBe('HaltedError');
    expect(shown).toContain(sentence);
    expect(shown).toContain('Nothing was started.');
    expect(worlds.piapi.requests).toHaveLength(0);
  });

  test('every wrong field is named at once', async () => {
    const { shown } = await refusalOf({ aspect_ratio: 'huge', process_mode: 'warp' });

    expect(shown).toMatch(/Prompt: .+\nAspect Ratio: .+\nSpeed: /);
  });
});

describe('when the service refuses or fails', () => {
  test.each([
    [
      400,
      { message: 'invalid parameter: aspect_ratio' },
      'HaltedError',
      'PiAPI says: invalid parameter: aspect_ratio.',
    ],
    [401, { message: 'Invalid API key' }, 'ExpiredAuthError', 'does not accept the API key'],
    [402, { message: 'insufficient credits' }, 'HaltedError', 'Top it up'],
    [500, {}, 'AppError', 'did not say whether the task was started (HTTP 500)'],
    [500, { task_id: '', message: 'parent task is outdated' }, 'HaltedError', 'about 3 hours'],
    [503, '<html>busy</html>', 'AppError', 'or you may pay twice'],
    [504, { message: 'upstream request timeout' }, 'AppError', 'or you may pay twice'],
    [408, {}, 'AppError', 'or you may pay twice'],
    [302, '', 'AppError', 'Check the Base URL'],
    [
      200,
      {
        task_id: '',
        status: 'failed',
        message: 'derive from origin task: parent task is outdated',
      },
      'HaltedError',
      'parent task is outdated',
    ],
    [200, 'not JSON', 'AppError', 'did not say whether the task was started'],
    [200, { task_id: '' }, 'HaltedError', 'refused this step'],
  ])('HTTP %i with %j is explained in a sentence', async (status, body, kind, sentence) => {
    worlds.piapi.settings.refuse = { status, body };
    const error = await refusalOf({ prompt: 'red fox' });

    expect(error.kind).toBe(kind);
    expect(error.shown).toContain(sentence);
    expect(error.shown).not.toMatch(/[{}<>]|undefined|What happened/);
  });

  test('429 makes Zapier run the step again after the Retry-After of the service', async () => {
    worlds.piapi.settings.refuse = { status: 429, body: {}, retryAfter: '17' };
    const error = await refusalOf({ prompt: 'red fox' });

    expect(error.kind).toBe('ThrottledError');
    expect(error.delay).toBe(17);
    expect(worlds.piapi.taskIds()).toEqual([]);
  });

  test('an unreachable service starts nothing, and the error says so', async () => {
    const account = worlds.zapier.connect({ api_key: SANDBOX_KEY, base_url: 'http://127.0.0.1:1' });

    await expect(account.create('imagine', { prompt: 'red fox' })).rejects.toMatchObject({
      kind: 'AppError',
      shown: expect.stringContaining('could not be reached at 127.0.0.1:1. Nothing was started.'),
    });
  });
});
