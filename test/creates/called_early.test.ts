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

  test('a test is refused as a run would be, before anything is started', async () => {
    const imagine = (options?: { readonly editor: boolean }) =>
      refusalOf(worlds.account.create('imagine', { prompt: 'red fox', ...waiting }, options));
    const inEditor = await imagine(editor);

    expect(inEditor.shown).toContain('Nothing was started.');
    expect(inEditor).toEqual(await imagine());
    expect(worlds.service.creates).toEqual([]);
  });

  test('a test that would wait too long stops as a run would', async () => {
    worlds.service.settings.taskMilliseconds = LONG_MILLISECONDS;
    const { shown } = await refusalOf(describePicture(waiting, editor));

    expect(shown).toContain('switch on any Zap that starts with Task Finished');
  });

  test('with a Zap that listens a test shows what is known after a while', async () => {
    worlds.service.settings.taskMilliseconds = LONG_MILLISECONDS;
    await worlds.listen('task_finished');
    const { output } = await describePicture(waiting, editor);

    expect(output.status).toMatch(/pending|processing/);
  });
});
