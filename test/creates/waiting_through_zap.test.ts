import { hookSecret } from '../../delivery/secret.ts';
import { SANDBOX_KEY } from '../../sandbox/piapi/piapi.ts';
import { quietConsole } from '../support/quiet.ts';
import { refusalOf } from '../support/refusal.ts';
import { startWorlds, taskIds, type Worlds } from '../support/worlds.ts';

/**
 * PiAPI's unified API always sends progress, and a callback URL takes one POST. So a Zap that
 * listens receives the webhooks and resumes the step.
 */
quietConsole();

let worlds: Worlds;
beforeEach(async () => {
  worlds = await startWorlds({ service: 'piapi_unified', taskMilliseconds: 300 });
});
afterEach(() => worlds.stop());

const wait = (more: Record<string, unknown> = {}) =>
  worlds.account.create('imagine', {
    prompt: 'red fox',
    process_mode: 'fast',
    reference: 'row-7',
    wait_for_result: true,
    ...more,
  });

test('the step is resumed once, at the end, although the service sends progress', async () => {
  const zap = await worlds.listen('task_finished');
  const step = await wait();
  const waited = await step.resumed();
  await worlds.settled();

  expect(worlds.service.webhooks.length).toBeGreaterThan(2);
  expect(step.callbackPosts).toBe(1);
  expect(waited).toMatchObject({
    task_id: step.output.task_id,
    status: 'finished',
    reference: 'row-7',
    image_url: expect.stringMatching(/\.png$/),
  });
  expect(taskIds(zap)).toEqual([step.output.task_id]);
});

test('without a Zap that listens the step is refused before anything is spent', async () => {
  const { kind, shown } = await refusalOf(wait());

  expect(kind).toBe('HaltedError');
  expect(shown).toMatch(/^Wait for Result: .+Task Finished.+Nothing was started\.$/);
  expect(worlds.service.requests).toEqual([]);
});

test('a Zap that has been switched off does not count as one that listens', async () => {
  const zap = await worlds.listen('task_finished');
  await zap.switchOff();

  expect((await refusalOf(wait())).shown).toContain('Nothing was started.');
});

test('an operation that reports only its end can be waited for without any Zap', async () => {
  const grid = await worlds.account.create('imagine', { prompt: 'red fox' });
  await worlds.settled();
  const step = await worlds.account.create('reroll', {
    origin_task_id: grid.output.task_id,
    wait_for_result: true,
  });

  expect(await step.resumed()).toMatchObject({ operation: 'reroll', status: 'finished' });
});

test('an end that is sent three times resumes the step once', async () => {
  worlds.service.settings.webhookFaults.duplicate = 2;
  const zaps = [await worlds.listen('task_finished'), await worlds.listen('task_finished')];
  const step = await wait();
  await step.resumed();
  await worlds.settled();

  expect(step.callbackPosts).toBe(1);
  expect(zaps.map(taskIds)).toEqual([[step.output.task_id], [step.output.task_id]]);
});

test('a Task Progress Zap alone can resume the step, and runs for progress meanwhile', async () => {
  const progress = await worlds.listen('task_progress');
  const step = await wait();
  await step.resumed();
  await worlds.settled();

  expect(step.callbackPosts).toBe(1);
  expect(progress.runs.length).toBeGreaterThan(1);
  expect(progress.runs.every(({ status }) => status === 'processing')).toBe(true);
});

test('progress that the step declines runs no Zap while it waits', async () => {
  const progress = await worlds.listen('task_progress');
  const finished = await worlds.listen('task_finished');
  const step = await wait({ notify_progress: false });
  await step.resumed();
  await worlds.settled();

  expect(progress.runs).toEqual([]);
  expect(taskIds(finished)).toEqual([step.output.task_id]);
});

test('a task that fails resumes the step as well', async () => {
  await worlds.listen('task_finished');
  const step = await wait({ prompt: 'a knight covered in blood' });

  expect(await refusalOf(step.resumed())).toMatchObject({
    kind: 'HaltedError',
    shown: expect.stringContaining('Banned Prompt: blood'),
  });
});

test('a Zap whose filter excludes the task still resumes the step', async () => {
  const zap = await worlds.listen('task_finished', { operations: ['describe'] });
  const step = await wait();

  expect(await step.resumed()).toMatchObject({ status: 'finished' });
  await worlds.settled();
  expect(zap.runs).toEqual([]);
});

test('the secret goes to the service in the body and is in no URL', async () => {
  const zap = await worlds.listen('task_finished');
  const step = await wait();
  await step.resumed();
  await worlds.settled();
  const secret = hookSecret(SANDBOX_KEY, zap.targetUrl);
  const { config } = Object(worlds.service.creates[0]?.body);

  expect(config.webhook_config.secret).toBe(secret);
  expect(config.webhook_config.endpoint).toContain(`${worlds.zapier.url}/hooks/`);
  expect(worlds.service.webhooks.map(({ url }) => url).join('\n')).not.toContain(secret);
});

test.each([
  ['https://elsewhere.example/'],
  ['http://elsewhere.example/'],
  ['http://user:word@127.0.0.1/'],
  ['file:///etc/passwd'],
  ['not an address'],
])('a forged webhook with resume=%s is ignored', async (resume) => {
  const zap = await worlds.listen('task_finished');
  await fetch(`${zap.targetUrl}?${new URLSearchParams({ resume })}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-webhook-secret': 'guessed' },
    body: JSON.stringify({ task_id: 'task-1', model: 'midjourney', status: 'completed' }),
  });
  await worlds.settled();

  expect(zap.runs).toEqual([]);
  expect(worlds.zapier.logs.map(({ message }) => message).join('\n')).not.toContain('elsewhere');
});

describe('an end that is reported without its pictures', () => {
  test.each(['first', 'only'] as const)(
    'before the complete one or instead of it (%s) still gives the pictures, once',
    async (imagelessEnd) => {
      worlds.service.settings.imagelessEnd = imagelessEnd;
      const zaps = [await worlds.listen('task_finished'), await worlds.listen('task_finished')];
      const step = await wait();
      const waited = await step.resumed();
      await worlds.settled();

      expect(step.callbackPosts).toBe(1);
      expect(waited.image_url).toMatch(/\.png$/);
      expect(zaps.map(({ runs }) => runs)).toMatchObject([
        [{ image_url: waited.image_url }],
        [{ image_url: waited.image_url }],
      ]);
    },
  );
});
