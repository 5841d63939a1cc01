import { callbackSecret } from '../../delivery/secret.ts';
import { SANDBOX_KEY } from '../../sandbox/piapi/piapi.ts';
import { quickPauses } from '../support/quick_pauses.ts';
import { quietConsole } from '../support/quiet.ts';
import { startWorlds, taskIds, type Worlds } from '../support/worlds.ts';

quietConsole();
quickPauses();

let worlds: Worlds;
beforeEach(async () => {
  worlds = await startWorlds();
});
afterEach(() => worlds.stop());

const wait = (prompt: string, more: Record<string, unknown> = {}) =>
  worlds.account.create('imagine', { prompt, wait_for_result: true, reference: 'row-7', ...more });

const post = (url: string, content: unknown, secret?: string) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(secret && { 'x-webhook-secret': secret }) },
    body: JSON.stringify(content),
  });

test('a step that waits pauses, and resumes with the pictures', async () => {
  const step = await wait('red fox');
  expect(step.status).toBe('waiting');
  const output = await step.resumed();

  expect(output).toMatchObject({
    task_id: step.output.task_id,
    status: 'finished',
    succeeded: true,
    reference: 'row-7',
    image_url: expect.stringMatching(/^http/),
  });
  expect(step.callbackPosts).toBe(1);
});

test('Task Progress Zaps run while it waits, and one of the Zaps that listen calls it at the end', async () => {
  worlds.piapi.settings.taskMilliseconds = 600;
  const progress = await worlds.listen('task_progress');
  const finished = await worlds.listen('task_finished');
  const step = await wait('red fox');
  const output = await step.resumed();
  await worlds.settled();

  expect(output).toMatchObject({ status: 'finished', succeeded: true });
  expect(step.callbackPosts).toBe(1);
  expect(progress.runs.length).toBeGreaterThan(1);
  expect(progress.runs.every(({ status }) => status === 'processing')).toBe(true);
  expect(taskIds(finished)).toEqual([output.task_id]);
});

test.each([
  ['no Task Progress Zap is on', 'task_finished', {}],
  ['the step declines progress', 'task_progress', { notify_progress: false }],
])('its callback URL takes the end alone where %s', async (_, trigger, more) => {
  await worlds.listen(trigger);
  const step = await wait('red fox', more);
  await step.resumed();

  expect(worlds.piapi.requests[0]?.body).toMatchObject({
    webhook_endpoint: step.callbackUrl,
    notify_progress: false,
  });
});

test('Task Finished Zaps also run once for its task, with the reference', async () => {
  const zaps = [await worlds.listen('task_finished'), await worlds.listen('task_finished')];
  const step = await wait('red fox');
  await step.resumed();
  await worlds.settled();

  expect(zaps.map(taskIds)).toEqual([[step.output.task_id], [step.output.task_id]]);
  expect(zaps.map((zap) => zap.runs[0]?.reference)).toEqual(['row-7', 'row-7']);
});

test('a banned prompt stops the run but leaves the Zap on, with the reason and what to do', async () => {
  const zap = await worlds.listen('task_finished');
  const step = await wait('a knight covered in blood');

  await expect(step.resumed()).rejects.toMatchObject({
    kind: 'HaltedError',
    shown: expect.stringMatching(
      /^Create Images \(Imagine\) failed: Banned Prompt: blood\. .*Take that word out/,
    ),
  });
  await worlds.settled();
  expect(zap.runs).toMatchObject([{ error_kind: 'banned_prompt' }]);
});

describe('a POST to the callback URL that cannot be trusted', () => {
  const failed = (task_id: unknown) => ({ task_id, status: 'failed' });

  test.each([
    ['without the secret', undefined, failed],
    ['with another secret', 'guessed', failed],
    ['about another task', callbackSecret(SANDBOX_KEY), () => failed('another-task')],
    ['that is no task', callbackSecret(SANDBOX_KEY), () => ['finished']],
  ])('%s makes the step read the task at the service', async (_, secret, bodyOf) => {
    // The service's own webhook is lost.
    worlds.piapi.settings.webhookFaults.lose = true;
    const zap = await worlds.listen('task_finished');
    const step = await wait('red fox');
    await post(step.callbackUrl, bodyOf(step.output.task_id), secret);
    const output = await step.resumed();
    await worlds.settled();

    expect(output).toMatchObject({ task_id: step.output.task_id, status: 'finished' });
    expect(taskIds(zap)).toEqual([step.output.task_id]);
  });

  test('about a task that still runs makes the step read it at the service', async () => {
    worlds.piapi.settings.webhookFaults.lose = true;
    const step = await wait('red fox');
    await post(
      step.callbackUrl,
      { task_id: step.output.task_id, status: 'processing' },
      callbackSecret(SANDBOX_KEY),
    );

    expect(await step.resumed()).toMatchObject({ status: 'finished' });
  });
});

test('a task that still runs though the step was called back is an error that names it', async () => {
  worlds.piapi.settings.taskMilliseconds = 60_000;
  const step = await wait('red fox');
  await post(step.callbackUrl, {});

  await expect(step.resumed()).rejects.toMatchObject({
    kind: 'AppError',
    shown: expect.stringContaining(`Look up task ${step.output.task_id} with Find Task`),
  });
  await worlds.account.create('cancel_task', { task_id: step.output.task_id });
}, 60_000);

describe('in the editor', () => {
  const inEditor = (input: Record<string, unknown>) =>
    worlds.account.create('imagine', { wait_for_result: true, ...input }, { editor: true });

  test('the step does not pause, and gives the result when the task ends soon', async () => {
    const { status, output } = await inEditor({ prompt: 'red fox' });

    expect(status).toBe('success');
    expect(output).toMatchObject({ status: 'finished', succeeded: true });
  });

  test('a failed task gives the same error as in a run', async () => {
    await expect(inEditor({ prompt: 'blood' })).rejects.toMatchObject({ kind: 'HaltedError' });
  });

  test('a task that takes longer is given as it is by then', async () => {
    worlds.piapi.settings.taskMilliseconds = 60_000;
    const { output } = await inEditor({ prompt: 'red fox' });

    expect(output.status).toMatch(/pending|processing/);
    for (const id of worlds.piapi.taskIds()) {
      await worlds.account.create('cancel_task', { task_id: id });
    }
  }, 60_000);
});
