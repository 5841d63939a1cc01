import { quietConsole } from '../support/quiet.ts';
import { startWorlds, taskIds, type Worlds } from '../support/worlds.ts';

quietConsole();

let worlds: Worlds;
beforeEach(async () => {
  worlds = await startWorlds();
});
afterEach(() => worlds.stop());

const imagine = async (input: Record<string, unknown>): Promise<string> => {
  const { output } = await worlds.account.create('imagine', input);
  return String(output.task_id);
};

test('runs once when a task has finished, with the pictures and the reference', async () => {
  const zap = await worlds.listen('task_finished');
  const task_id = await imagine({ prompt: 'red fox', reference: 'row 7/ä&b' });
  await worlds.settled();

  expect(zap.runs).toHaveLength(1);
  expect(zap.runs[0]).toMatchObject({
    id: task_id,
    task_id,
    status: 'finished',
    succeeded: true,
    prompt: 'red fox',
    reference: 'row 7/ä&b',
    image_url: expect.stringMatching(/^http.+\.png$/),
    error_kind: '',
  });
  expect(zap.runs[0]?.images).toHaveLength(4);
});

test.each([['{{x}}'], ['{{bundle.x}} at 50%'], ['%7B%7Bx%7D%7D']])(
  'gives every Zap the reference %j unchanged',
  async (reference) => {
    const zaps = [await worlds.listen('task_finished'), await worlds.listen('task_finished')];
    await imagine({ prompt: 'red fox', reference });
    await worlds.settled();

    expect(zaps.map(({ runs }) => runs.map((run) => run.reference))).toEqual([
      [reference],
      [reference],
    ]);
  },
);

test('runs for a banned prompt, with the reason', async () => {
  const zap = await worlds.listen('task_finished');
  await imagine({ prompt: 'a knight covered in blood' });
  await worlds.settled();

  expect(zap.runs).toMatchObject([
    {
      status: 'failed',
      succeeded: false,
      error_message: 'Banned Prompt: blood',
      error_kind: 'banned_prompt',
      image_url: '',
    },
  ]);
});

test('gives the grid alone on a plan that has no split images', async () => {
  for (const account of Object.values(worlds.piapi.settings.accounts)) {
    account.plan = 'free';
  }
  const zap = await worlds.listen('task_finished');
  await imagine({ prompt: 'red fox' });
  await worlds.settled();

  expect(zap.runs[0]?.images).toEqual([
    { number: 1, url: zap.runs[0]?.image_url, file: zap.runs[0]?.image },
  ]);
});

test('filters by outcome, operation and reference', async () => {
  const failed = await worlds.listen('task_finished', { outcome: 'failed' });
  const succeeded = await worlds.listen('task_finished', { outcome: 'succeeded' });
  const upscales = await worlds.listen('task_finished', { operations: ['upscale'] });
  const campaign = await worlds.listen('task_finished', {
    reference: 'spring',
    operations: ['imagine'],
  });
  const fox = await imagine({ prompt: 'red fox', reference: 'spring' });
  const banned = await imagine({ prompt: 'blood', reference: 'spring-2' });
  await worlds.settled();

  expect(taskIds(failed)).toEqual([banned]);
  expect(taskIds(succeeded)).toEqual([fox]);
  expect(taskIds(upscales)).toEqual([]);
  expect(taskIds(campaign)).toEqual([fox]);
});

test('runs once although the service sends every event three times', async () => {
  worlds.piapi.settings.webhookFaults.duplicate = 2;
  const zaps = [await worlds.listen('task_finished'), await worlds.listen('task_finished')];
  const task_id = await imagine({ prompt: 'red fox' });
  await worlds.settled();

  expect(zaps.map(taskIds)).toEqual([[task_id], [task_id]]);
});

test('does not run for progress', async () => {
  const zap = await worlds.listen('task_finished');
  await worlds.listen('task_progress');
  await imagine({ prompt: 'red fox' });
  await worlds.settled();

  expect(zap.runs.map((run) => run.status)).toEqual(['finished']);
});

test('shows recent tasks of its kind in the editor', async () => {
  await imagine({ prompt: 'red fox' });
  await imagine({ prompt: 'blood' });
  await worlds.settled();

  expect(await worlds.account.samples('task_finished')).toMatchObject([
    { prompt: 'blood', status: 'failed', reference: '' },
    { prompt: 'red fox', status: 'finished', reference: '' },
  ]);
  expect(
    await worlds.account.samples('task_finished', { outcome: 'failed', reference: 'row-1' }),
  ).toMatchObject([{ prompt: 'blood', reference: 'row-1' }]);
});

test('refuses to be switched on with an invalid filter', async () => {
  const zap = worlds.account.zap('task_finished', { outcome: 'maybe' });

  await expect(zap.switchOn()).rejects.toMatchObject({
    shown: expect.stringContaining('Outcome: Choose one of: any, succeeded, failed.'),
  });
});

describe('a POST that the service did not send', () => {
  const body = JSON.stringify({ task_id: 'c0d39b5a', status: 'finished', task_result: {} });
  const post = (url: string, content: string, headers: Record<string, string> = {}) =>
    fetch(url, {
      method: 'POST',
      body: content,
      headers: { 'content-type': 'application/json', ...headers },
    });

  test.each([
    ['without the secret', body, {}],
    ['with another secret', body, { 'x-webhook-secret': 'guessed' }],
  ])('%s yields no event and a line in the log', async (_, content, headers) => {
    const zap = await worlds.listen('task_finished');
    await post(zap.targetUrl, content, headers);
    await worlds.settled();

    expect(zap.runs).toEqual([]);
    expect(zap.failures).toEqual([]);
    expect(worlds.zapier.logs.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('does not carry the secret'),
    );
  });

  test.each([
    ['that is not JSON', 'task finished!', 'not JSON'],
    ['that is no task', '[1, 2]', 'no task_id'],
    ['of 10 MB', JSON.stringify({ task_id: 'x'.repeat(10_000_000) }), 'It has no task_id'],
  ])(
    'with the secret but a body %s yields no event and a line in the log',
    async (_, content, reason) => {
      const zap = await worlds.listen('task_finished');
      await imagine({ prompt: 'red fox' });
      await worlds.settled();
      const secret = worlds.piapi.requests.find(({ path }) => path.endsWith('imagine'))?.body;
      await post(zap.targetUrl, content, {
        'x-webhook-secret': String(Object(secret).webhook_secret),
      });
      await worlds.settled();

      expect(zap.runs).toHaveLength(1);
      expect(zap.failures).toEqual([]);
      expect(worlds.zapier.logs.map(({ message }) => message)).toContainEqual(
        expect.stringContaining(reason),
      );
    },
  );
});

test.each([
  [{ targetUrl: 'https://hooks.example.com/1/' }, expect.stringMatching(/^[\w-]{22}$/)],
  [{}, ''],
])(
  'is switched off even when Zapier hands back nothing of its subscription: %j',
  async (bundle, id) => {
    const method = 'triggers.task_finished.operation.performUnsubscribe';
    const { results } = await worlds.account.invoke(method, { inputData: {}, ...bundle });

    expect(results).toEqual({ id });
  },
);
