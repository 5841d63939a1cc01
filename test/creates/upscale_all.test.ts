import * as zod from 'zod/mini';
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

const finishedGrid = async (): Promise<string> => {
  const { output } = await worlds.account.create('imagine', { prompt: 'red fox' });
  await worlds.settled();
  return String(output.task_id);
};

const upscaleAll = async (more: Record<string, unknown> = {}) =>
  worlds.account.create('upscale', { origin_task_id: await finishedGrid(), index: 'all', ...more });

const group = zod.object({
  status: zod.string(),
  succeeded: zod.boolean(),
  error_message: zod.string(),
  images: zod.array(zod.object({ number: zod.number(), url: zod.string(), file: zod.string() })),
  tasks: zod.array(
    zod.object({ task_id: zod.string(), status: zod.string(), error_message: zod.string() }),
  ),
});

const upscales = () => worlds.piapi.requests.filter(({ path }) => path === '/mj/v2/upscale');

test('one step starts four tasks, and gives them as line items', async () => {
  const { output } = await upscaleAll();
  const { tasks, status } = zod.parse(group, output);

  expect(upscales().map(({ body }) => body)).toMatchObject([
    { index: '1' },
    { index: '2' },
    { index: '3' },
    { index: '4' },
  ]);
  expect(tasks.map(({ task_id }) => task_id)).toEqual(worlds.piapi.taskIds().slice(1));
  expect(status).toBe('pending');
});

test('a waiting step is called back by the last task and gives all four with their pictures', async () => {
  const zap = await worlds.listen('task_finished', { operations: ['upscale'] });
  const step = await upscaleAll({ wait_for_result: true });
  const { status, succeeded, images, tasks } = zod.parse(group, await step.resumed());
  await worlds.settled();

  expect({ status, succeeded }).toEqual({ status: 'finished', succeeded: true });
  expect(images.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  expect(new Set(images.map(({ url }) => url)).size).toBe(4);
  expect(
    upscales().filter(({ body }) => Object(body).webhook_endpoint === step.callbackUrl),
  ).toHaveLength(1);
  expect(step.callbackPosts).toBe(1);
  expect([...taskIds(zap)].sort()).toEqual(tasks.map(({ task_id }) => task_id).sort());
});

test('when some tasks are refused the output has the reasons and the tasks that were started', async () => {
  const parent = await finishedGrid();
  worlds.piapi.settings.refuse = {
    status: 400,
    body: { message: 'insufficient credits' },
    times: 2,
  };
  const { output } = await worlds.account.create('upscale', {
    origin_task_id: parent,
    index: 'all',
  });
  const { tasks, error_message } = zod.parse(group, output);

  expect(tasks.filter(({ task_id }) => task_id !== '')).toHaveLength(2);
  expect(tasks.filter(({ status }) => status === 'failed')).toHaveLength(2);
  expect(error_message).toMatch(/Image \d: .*insufficient credits.*Image \d: /);
  expect(error_message).not.toContain('Nothing was started');
});

test("when all four are refused the step's error says why", async () => {
  const parent = await finishedGrid();
  worlds.piapi.settings.refuse = { status: 400, body: { message: 'parent task is outdated' } };

  await expect(
    worlds.account.create('upscale', {
      origin_task_id: parent,
      index: 'all',
      wait_for_result: true,
    }),
  ).rejects.toMatchObject({ kind: 'HaltedError', shown: expect.stringContaining('about 3 hours') });
});

test('when the task that carries the callback is refused, another one carries it', async () => {
  const parent = await finishedGrid();
  worlds.piapi.settings.refuse = {
    status: 400,
    body: { message: 'insufficient credits' },
    when: (body) => Object(body).index === '4',
  };
  const step = await worlds.account.create('upscale', {
    origin_task_id: parent,
    index: 'all',
    wait_for_result: true,
  });
  const { status, succeeded, images, tasks } = zod.parse(group, await step.resumed());
  const called = upscales().filter(
    ({ body }) => Object(body).webhook_endpoint === step.callbackUrl,
  );

  const read = worlds.piapi.requests
    .filter(({ path }) => path === '/mj/v2/multi_fetch')
    .flatMap(({ body }) => Object(body).task_ids);

  expect(called.map(({ body }) => Object(body).index)).toEqual(['4', '3']);
  // The one that was never started has no id to be read by.
  expect(new Set(read)).toEqual(new Set(worlds.piapi.taskIds().slice(1)));
  expect({ status, succeeded }).toEqual({ status: 'finished', succeeded: false });
  expect(images.map(({ number }) => number)).toEqual([1, 2, 3]);
  expect(tasks[3]).toMatchObject({
    task_id: '',
    status: 'failed',
    error_message: expect.stringContaining('insufficient credits'),
  });
});

test('a task that still runs after the wait is in the output as running, with its id', async () => {
  const parent = await finishedGrid();
  // The callback comes long before the tasks end.
  Object.assign(worlds.piapi.settings, { taskMilliseconds: 60_000 });
  const step = await worlds.account.create('upscale', {
    origin_task_id: parent,
    index: 'all',
    wait_for_result: true,
  });
  await fetch(step.callbackUrl, { method: 'POST', body: '{}' });
  const { status, tasks } = zod.parse(group, await step.resumed());

  const read = worlds.piapi.requests
    .filter(({ path }) => path === '/mj/v2/fetch')
    .map(({ body }) => Object(body).task_id);

  expect(status).toMatch(/pending|processing/);
  // The last one is the one that was to call back.
  expect(new Set(read)).toEqual(new Set([tasks[3]?.task_id]));
  expect(tasks.map(({ task_id }) => task_id).sort()).toEqual(
    worlds.piapi.taskIds().slice(1).sort(),
  );
}, 60_000);
