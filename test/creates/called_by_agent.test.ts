import { EACH_SERVICE } from '../support/each_service.ts';
import { quickPauses } from '../support/quick_pauses.ts';
import { quietConsole } from '../support/quiet.ts';
import { refusalOf } from '../support/refusal.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

quietConsole();
quickPauses();

/** Longer than a call has time for, with the quick pauses of these tests. */
const LONG_MILLISECONDS = 60_000;

let worlds: Worlds;
afterEach(() => worlds.stop());

/** As an agent calls an action: Zapier has no callback URL for it. */
const call = async (step: string, input: Record<string, unknown>) =>
  (await worlds.account.create(step, { wait_for_result: true, ...input }, { callback: false }))
    .output;

describe.each(EACH_SERVICE)('on $key', ({ key }) => {
  beforeEach(async () => {
    worlds = await startWorlds({ service: key });
  });

  test('a call that waits gives the pictures when the task ends in time', async () => {
    const output = await call('imagine', { prompt: 'red fox' });

    expect(output).toMatchObject({ status: 'finished', succeeded: true });
    expect(output.image_4).toMatch(/^hydrate/);
    // What is empty only costs an agent's attention.
    expect(Object.values(output)).not.toContain('');
    expect(Object.values(output)).not.toContain(null);
  });

  test('one that has no time left names the task and the next call, which finds the end', async () => {
    worlds.service.settings.taskMilliseconds = LONG_MILLISECONDS;
    const { status, hint, task_id } = await call('imagine', { prompt: 'red fox' });
    worlds.service.settings.now = () => Date.now() + LONG_MILLISECONDS;
    const found = await worlds.account.search('find_task', { task_id, wait_seconds: 25 });

    expect(status).toMatch(/pending|processing/);
    expect(hint).toBe(
      `Not ended yet. Find Task with the Task ID ${task_id}, and 25 for Wait up to (Seconds), gives the result.`,
    );
    expect(found).toMatchObject([{ task_id }]);
  });

  test('the same call within a minute is answered with its task, unless repeats are allowed', async () => {
    const first = await call('imagine', { prompt: 'red fox' });
    const second = await call('imagine', { prompt: 'red fox' });

    expect(second.task_id).toBe(first.task_id);
    expect(second.hint).toContain('Set Allow Repeats to true');
    await call('imagine', { prompt: 'red fox', allow_repeats: true });
    expect(worlds.service.creates).toHaveLength(2);
  });

  test('a call that fails is told why, and may be made again', async () => {
    for (let run = 0; run < 2; run += 1) {
      expect((await refusalOf(call('imagine', { prompt: 'blood' }))).shown).toMatch(
        /Banned Prompt: blood|Image denied/,
      );
    }

    expect(worlds.service.creates).toHaveLength(2);
  });

  test('a run of a Zap with the same input starts a task each time', async () => {
    for (let run = 0; run < 2; run += 1) {
      await worlds.account.create('imagine', { prompt: 'red fox' });
    }

    expect(worlds.service.creates).toHaveLength(2);
  });
});

test('a search that waits comes back the moment the task ends', async () => {
  worlds = await startWorlds({ taskMilliseconds: 400 });
  const { output } = await worlds.account.create('imagine', { prompt: 'red fox' });
  const { task_id } = output;

  expect(await worlds.account.search('find_task', { task_id, wait_seconds: '25' })).toMatchObject([
    { status: 'finished', hint: '' },
  ]);
  expect(
    (await refusalOf(worlds.account.search('find_task', { task_id, wait_seconds: 60 }))).shown,
  ).toContain('Wait up to (Seconds): Enter a whole number from 0 to 25.');
});

test('a search that does not wait says that the task has not ended', async () => {
  worlds = await startWorlds({ taskMilliseconds: LONG_MILLISECONDS });
  const { output } = await worlds.account.create('imagine', { prompt: 'red fox' });
  const [found] = await worlds.account.search('find_task', { task_id: output.task_id });

  expect(found?.hint).toContain('25 for Wait up to (Seconds)');
  await worlds.account.create('cancel_task', { task_id: output.task_id });
});
