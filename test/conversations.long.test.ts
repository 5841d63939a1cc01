import { EACH_SERVICE } from './support/each_service.ts';
import type { HttpServer } from './support/http_server.ts';
import { runTaskInput, startPictures } from './support/parents.ts';
import { quickPauses } from './support/quick_pauses.ts';
import { quietConsole } from './support/quiet.ts';
import { refusalOf } from './support/refusal.ts';
import { startWorlds, type Worlds } from './support/worlds.ts';

quietConsole();
quickPauses();

/** Longer than a call has time for, with the quick pauses of these tests. */
const LONG_MILLISECONDS = 60_000;

type Data = Record<string, unknown>;

describe.each(EACH_SERVICE)('an assistant on $key', ({ key, service }) => {
  let worlds: Worlds;
  let pictures: HttpServer;
  beforeAll(async () => {
    pictures = await startPictures();
  });
  afterAll(() => pictures.stop());
  beforeEach(async () => {
    worlds = await startWorlds({ service: key });
  });
  afterEach(() => worlds.stop());

  /** A call of an action, as an assistant makes it: nothing can call it back. */
  const call = async (action: string, input: Data): Promise<Data> =>
    (await worlds.account.create(action, { wait_for_result: true, ...input }, { callback: false }))
      .output;
  /** What an assistant is told instead of an answer. */
  const told = async (action: string, input: Data): Promise<string> =>
    (await refusalOf(call(action, input))).shown;
  const look = (search: string, input: Data): Promise<Data[]> =>
    worlds.account.search(search, input);
  const started = () => worlds.service.creates.length;

  test('paints, lets one of four be chosen in words, and enlarges that', async () => {
    const grid = await call('imagine', { prompt: 'red fox', aspect_ratio: '9:16 for stories' });
    const large = await call('upscale', {
      origin_task_id: grid.task_id,
      index: 'the top right one',
    });

    expect(large).toMatchObject({ status: 'finished', image_url: expect.stringMatching(/^http/) });
    expect(JSON.stringify(worlds.service.creates[1]?.body)).toMatch(/"index":"?2|"imageNo":1/);
  });

  if (service.operations.describe) {
    test('describes a picture and paints one of the prompts', async () => {
      const described = await call('describe', { image_url: pictures.url });
      const painted = await call('imagine', { prompt: described.prompt_2 });

      expect(painted).toMatchObject({ status: 'finished' });
    });
  }

  test('mends a prompt that was refused', async () => {
    expect(await told('imagine', { prompt: 'a knight covered in blood' })).toMatch(
      /Take that word out|Reword the prompt/,
    );
    expect(await call('imagine', { prompt: 'a knight in red armour' })).toMatchObject({
      status: 'finished',
    });
  });

  test('mends a parameter that it was told about, before anything was spent', async () => {
    expect(await told('imagine', { prompt: 'red fox', aspect_ratio: 'huge' })).toContain('16:9');
    expect(started()).toBe(0);
    await call('imagine', { prompt: 'red fox', aspect_ratio: 'widescreen' });
    expect(started()).toBe(1);
  });

  test('finds a picture that took too long for one call', async () => {
    worlds.service.settings.taskMilliseconds = LONG_MILLISECONDS;
    const { task_id, hint } = await call('imagine', { prompt: 'red fox' });
    worlds.service.settings.now = () => Date.now() + LONG_MILLISECONDS;
    const [found] = await look('find_task', { task_id, wait_seconds: 25 });

    expect(hint).toContain(String(task_id));
    expect(found).toMatchObject({ task_id });
    expect(started()).toBe(1);
  });

  test('calls again what it did not understand, and pays once', async () => {
    const [first, second] = [
      await call('imagine', { prompt: 'red fox' }),
      await call('imagine', { prompt: 'red fox' }),
    ];

    expect(second.task_id).toBe(first.task_id);
    expect(started()).toBe(1);
  });

  test('takes a wrong id, looks around, and goes on with the right one', async () => {
    const { task_id } = await call('imagine', { prompt: 'a lighthouse at dusk' });

    expect(await told('upscale', { origin_task_id: 'the lighthouse', index: '1' })).toContain(
      'Task ID',
    );
    const [found] = await look('find_tasks', { prompt_words: 'lighthouse', limit: 1 });
    expect(found).toMatchObject({ tasks: [{ task_id }] });
    expect(await call('upscale', { origin_task_id: task_id, index: 'image 3' })).toMatchObject({
      status: 'finished',
    });
  });

  test('forgets a field, and is told which values there are', async () => {
    const { task_id } = await call('imagine', { prompt: 'red fox' });

    expect(await told('upscale', { origin_task_id: task_id })).toMatch(
      /^Upscale: Choose one of: 1, 2/,
    );
    expect(await told('upscale', { origin_task_id: task_id, index: 'image 1 or 2' })).toMatch(
      /^Upscale: Choose one of: 1, 2/,
    );
    expect(started()).toBe(1);
  });

  test('stops at the budget, and says what is left', async () => {
    expect(await told('imagine', { prompt: 'red fox', minimum_balance: 5000 })).toContain(
      '1000 credits left',
    );
    expect(await look('get_account', {})).toMatchObject([{ credits_left: 1000 }]);
    expect(started()).toBe(0);
  });

  test('cancels what it started by mistake, or is told that it cannot', async () => {
    worlds.service.settings.concurrency = 0;
    const { output } = await worlds.account.create('imagine', { prompt: 'red fox' });
    const cancel = { task_id: output.task_id };

    if (service.cancelRequest) {
      expect((await call('cancel_task', cancel)).hint).toContain(
        'Stopped Create Images (Imagine): "red fox"',
      );
    } else {
      expect(await told('cancel_task', cancel)).toContain('cannot cancel tasks');
    }
  });

  if (service.models) {
    test('makes a film of the picture', async () => {
      const { image_url } = await call('imagine', { prompt: 'red fox' });
      const { model, task_type } = runTaskInput(key);
      const start =
        key === 'apiframe' ? { klingParams: { start_image: image_url } } : { image_url };
      const film = await call('run_task', {
        ...{ model, task_type },
        input: JSON.stringify({ prompt: 'slow camera move', ...start }),
      });

      expect(film).toMatchObject({ status: 'finished', video_url: expect.stringMatching(/mp4$/) });
    });
  }
});
