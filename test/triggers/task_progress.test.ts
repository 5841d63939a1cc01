import { quietConsole } from '../support/quiet.ts';
import { until } from '../support/until.ts';
import { startWorlds, taskIds, type Worlds } from '../support/worlds.ts';

quietConsole();

let worlds: Worlds;
beforeEach(async () => {
  // A second apart, for Zaps run at the same time: on a slow machine one could overtake the next.
  worlds = await startWorlds({ taskMilliseconds: 2_100, progressSteps: [0, 46, 93] });
});
afterEach(() => worlds.stop());

const isRising = (numbers: readonly unknown[]): boolean =>
  numbers.every((number, index) => index === 0 || Number(number) > Number(numbers[index - 1]));

test('runs in rising order while a task is worked on, each time under an id of its own', async () => {
  const zap = await worlds.listen('task_progress');
  const { output } = await worlds.account.create('imagine', {
    prompt: 'red fox',
    reference: 'row-7',
  });
  await worlds.settled();
  const steps = zap.runs.map((run) => run.progress);

  expect(steps.length).toBeGreaterThan(1);
  expect(isRising(steps)).toBe(true);
  expect(zap.runs.map((run) => run.id)).toEqual(steps.map((step) => `${output.task_id}-${step}`));
  expect(new Set(zap.runs.map((run) => run.reference))).toEqual(new Set(['row-7']));
  expect(zap.runs.every((run) => run.status !== 'finished')).toBe(true);
});

test('gets progress through a Task Finished Zap that the service calls', async () => {
  const finished = await worlds.listen('task_finished');
  const progress = [await worlds.listen('task_progress'), await worlds.listen('task_progress')];
  await worlds.account.create('imagine', { prompt: 'red fox' });
  await worlds.settled();

  expect(finished.runs).toHaveLength(1);
  for (const zap of progress) {
    expect(zap.runs.length).toBeGreaterThan(1);
    expect(isRising(zap.runs.map((run) => run.progress))).toBe(true);
  }
});

test('runs at most once for each minimum step', async () => {
  worlds.piapi.settings.progressSteps = [0, 10, 24, 26, 49, 51, 60, 74, 76, 99];
  const zap = await worlds.listen('task_progress', { minimum_step: '25' });
  await worlds.account.create('imagine', { prompt: 'red fox' });
  await worlds.settled();

  expect(zap.runs.map((run) => run.progress)).toEqual([26, 51, 76]);
});

test('runs only for rising progress, in whatever order and number the service sends it', async () => {
  worlds.piapi.settings.progressSteps = [0, 15, 31, 46, 62, 78, 93];
  Object.assign(worlds.piapi.settings.webhookFaults, { reorder: true, duplicate: 1 });
  const zap = await worlds.listen('task_progress');
  await worlds.account.create('imagine', { prompt: 'red fox' });
  await worlds.settled();

  expect(zap.runs.length).toBeGreaterThan(1);
  expect(isRising(zap.runs.map((run) => run.progress))).toBe(true);
});

test('does not run for a step that declines progress', async () => {
  const zap = await worlds.listen('task_progress');
  await worlds.account.create('imagine', { prompt: 'red fox', notify_progress: 'no' });
  const loud = await worlds.account.create('imagine', { prompt: 'red fox' });
  await worlds.settled();

  expect(new Set(taskIds(zap))).toEqual(new Set([loud.output.task_id]));
});

test('shows running tasks in the editor', async () => {
  const zap = await worlds.listen('task_progress');
  await worlds.account.create('imagine', { prompt: 'red fox' });
  await until('progress', () => zap.runs.length > 0);
  const samples = await worlds.account.samples('task_progress');

  expect(samples).toMatchObject([{ prompt: 'red fox', succeeded: false }]);
  expect(samples[0]?.id).toBe(`${samples[0]?.task_id}-${samples[0]?.progress}`);
});
