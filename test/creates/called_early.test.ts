import { quickPauses } from '../support/quick_pauses.ts';
import { quietConsole } from '../support/quiet.ts';
import { refusalOf } from '../support/refusal.ts';
import { startWorlds, taskIds, type Worlds } from '../support/worlds.ts';

/**
 * PiAPI documents that its unified API also calls when a task is created, and when its log or
 * output changes. A callback URL takes one POST.
 */
quietConsole();
quickPauses();

let worlds: Worlds;
beforeEach(async () => {
  worlds = await startWorlds({ service: 'piapi_unified', webhooksOnEveryChange: true });
});
afterEach(() => worlds.stop());

const PICTURE = 'https://pictures.example/a.png';

const describePicture = (
  input: Record<string, unknown> = {},
  options?: { readonly editor: boolean },
) => worlds.account.create('describe', { image_url: PICTURE, ...input }, options);

const waiting = { wait_for_result: true };

/** Longer than a step can read on. */
const LONG_MILLISECONDS = 60_000;

test('a Zap that listens calls the step at the end, however long the task takes', async () => {
  const zap = await worlds.listen('task_finished');
  const step = await describePicture(waiting);
  const output = await step.resumed();
  await worlds.settled();

  expect(JSON.stringify(worlds.service.creates[0]?.body)).toContain(zap.targetUrl);
  expect(step.callbackPosts).toBe(1);
  expect(output).toMatchObject({ status: 'finished', succeeded: true });
  expect(taskIds(zap)).toEqual([step.output.task_id]);
});

test('without one, the step reads on when it is called too early', async () => {
  const step = await describePicture(waiting);

  expect(await step.resumed()).toMatchObject({ status: 'finished', succeeded: true });
  expect(worlds.service.webhooks[0]).toMatchObject({ status: 'pending' });
});

test('it reads for all the time that it has, and then says which Zap to switch on', async () => {
  worlds.service.settings.taskMilliseconds = LONG_MILLISECONDS;
  const step = await describePicture(waiting);
  const { kind, shown } = await refusalOf(step.resumed());

  expect(kind).toBe('AppError');
  expect(shown).toContain(`Look up task ${step.output.task_id} with Find Task`);
  expect(shown).toContain('switch on any Zap that starts with Task Finished');
  // Every two seconds of 27, where 20 would give ten.
  const reads = worlds.service.requests.filter(({ method }) => method === 'GET');
  expect(reads.length).toBeGreaterThan(11);
});

test('a Task Progress Zap does not run for a task that was only created', async () => {
  worlds.service.settings.progressSteps = [46];
  const zap = await worlds.listen('task_progress');
  await worlds.account.create('imagine', { prompt: 'red fox' });
  await worlds.settled();

  expect(worlds.service.webhooks.map(({ status }) => status)).toEqual([
    'pending',
    'processing',
    'finished',
  ]);
  expect(zap.runs.map(({ status }) => status)).toEqual(['processing']);
});

describe('in the editor', () => {
  const editor = { editor: true };

  test('a test gives the picture, and says that a run would not wait for it', async () => {
    const { output } = await worlds.account.create(
      'imagine',
      { prompt: 'red fox', ...waiting },
      editor,
    );

    expect(output.status).toBe('finished');
    expect(output.hint).toContain('switch on any Zap that starts with Task Finished');
    expect(
      await refusalOf(worlds.account.create('imagine', { prompt: 'red fox', ...waiting })),
    ).toMatchObject({ shown: expect.stringContaining('Nothing was started.') });
  });

  test('a task that runs on is given as it is, with the same advice', async () => {
    worlds.service.settings.taskMilliseconds = LONG_MILLISECONDS;
    const { output } = await describePicture(waiting, editor);

    expect(output.status).toMatch(/pending|processing/);
    expect(output.hint).toMatch(/^Still being worked on\. .+ switch on any Zap/);
  });

  test('with a Zap that listens there is nothing to advise', async () => {
    await worlds.listen('task_finished');
    const { output } = await describePicture(waiting, editor);

    expect(output).toMatchObject({ status: 'finished', hint: '' });
  });
});
