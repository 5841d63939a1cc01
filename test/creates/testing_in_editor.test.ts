import { PNG } from 'pngjs';
import { EACH_SERVICE } from '../support/each_service.ts';
import { quickPauses } from '../support/quick_pauses.ts';
import { quietConsole } from '../support/quiet.ts';
import { refusalOf } from '../support/refusal.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

quietConsole();
quickPauses();

/** Longer than the time that a step has, with the quick pauses of these tests. */
const LONG_MILLISECONDS = 60_000;

let worlds: Worlds;
afterEach(() => worlds.stop());

const tested = async (input: Record<string, unknown>, step = 'imagine') =>
  (await worlds.account.create(step, input, { editor: true })).output;

describe.each(EACH_SERVICE)('on $key', ({ key }) => {
  beforeEach(async () => {
    worlds = await startWorlds({ service: key });
  });

  test.each([[true], [false], [undefined]])(
    'three tests with Wait for Result %p start one task, and show its four pictures once it has ended',
    async (wait_for_result) => {
      worlds.service.settings.taskMilliseconds = 400;
      const input = { prompt: 'red fox', wait_for_result };
      const first = await tested(input);
      const second = await tested(input);
      await worlds.settled();
      const third = await tested(input);

      expect(worlds.service.creates).toHaveLength(1);
      expect([second.task_id, third.task_id]).toEqual([first.task_id, first.task_id]);
      expect(third).toMatchObject({ status: 'finished', succeeded: true });
      for (const number of [1, 2, 3, 4]) {
        expect(third[`image_${number}`]).toMatch(/^hydrate/);
      }
    },
  );
});

describe('on PiAPI v2', () => {
  beforeEach(async () => {
    worlds = await startWorlds();
  });

  test('a task that still runs says that the next test picks it up', async () => {
    worlds.service.settings.taskMilliseconds = LONG_MILLISECONDS;
    const { status, hint, task_id } = await tested({ prompt: 'red fox' });

    expect(status).toMatch(/pending|processing/);
    expect(hint).toBe(
      'Still being worked on. Test again in a minute: the same task is picked up, at no further cost.',
    );
    await worlds.account.create('cancel_task', { task_id });
  });

  test('another input starts another task; another reference does not', async () => {
    await tested({ prompt: 'red fox' });
    await tested({ prompt: 'red fox', reference: 'row 8' });
    await tested({ prompt: 'blue fox' });

    expect(worlds.service.creates).toHaveLength(2);
  });

  test('another connection starts its own', async () => {
    await tested({ prompt: 'red fox' });
    const other = worlds.zapier.connect({ ...worlds.service.connection });
    await other.create('imagine', { prompt: 'red fox' }, { editor: true });

    expect(worlds.service.creates).toHaveLength(2);
  });

  test('a failed task is an error, and is started again by the next test', async () => {
    for (let run = 0; run < 2; run += 1) {
      expect((await refusalOf(tested({ prompt: 'blood' }))).shown).toContain('Banned Prompt');
    }

    expect(worlds.service.creates).toHaveLength(2);
  });

  test('a task that the service no longer knows is started again', async () => {
    await tested({ prompt: 'red fox' });
    worlds.service.settings.resultLifeSeconds = 0;
    worlds.service.settings.now = () => Date.now() + 1_000;
    await tested({ prompt: 'red fox' });

    expect(worlds.service.creates).toHaveLength(2);
  });

  test('a step that starts four tasks starts them once', async () => {
    const { task_id } = await tested({ prompt: 'red fox' });
    const input = { origin_task_id: task_id, index: 'all' };
    const first = await tested(input, 'upscale');
    const second = await tested(input, 'upscale');

    expect(worlds.service.creates).toHaveLength(5);
    expect(second.tasks).toHaveLength(4);
    expect(second.task_id).toBe(first.task_id);
    expect(second).toMatchObject({
      status: 'finished',
      image_4_url: expect.stringMatching(/^http/),
    });
  });

  test('without a memory each test starts a task, and says how to find it', async () => {
    worlds.service.settings.taskMilliseconds = LONG_MILLISECONDS;
    worlds.zapier.cache.behaviour = 'refuses';
    const { hint, task_id } = await tested({ prompt: 'red fox' });
    await worlds.account.create('cancel_task', { task_id });

    expect(hint).toContain(`Find Task with the Task ID ${task_id}`);
  });

  test.each([
    ['imagine', { prompt: 'red fox' }, 1],
    ['upscale', { origin_task_id: 'c0d39b5a-345c-4448-a7bf-5c299c38a06a', index: 'all' }, 4],
  ])('a sample of %s costs nothing and says that it is one', async (step, input, tasks) => {
    const output = await tested({ ...input, test_with: 'A sample (free)' }, step);

    expect(output.hint).toBe('This is a sample: nothing was started, and nothing was spent.');
    expect(output).toMatchObject({ status: 'finished', service: 'piapi_v2' });
    expect([output.tasks].flat()).toHaveLength(tasks);
    expect(worlds.service.requests).toEqual([]);
  });

  test('a Zap that is on runs the real task, whatever Test With says', async () => {
    const { output } = await worlds.account.create('imagine', {
      prompt: 'red fox',
      test_with: 'sample',
    });

    expect(output.hint).not.toContain('sample');
    expect(worlds.service.creates).toHaveLength(1);
  });
});

test('on a plan that gives the grid alone, image_3 is its lower left quarter', async () => {
  worlds = await startWorlds({ images: { width: 64, height: 48 } });
  const [account] = Object.values(worlds.service.settings.accounts);
  Object.assign(account ?? {}, { plan: 'free' });
  const output = await tested({ prompt: 'red fox' });
  const fileOf = async (pointer: unknown): Promise<PNG> => {
    const url = String(await worlds.account.hydrate(String(pointer)));
    return PNG.sync.read(Buffer.from(await (await fetch(url)).arrayBuffer()));
  };
  const [grid, third] = [await fileOf(output.image), await fileOf(output.image_3)];
  const lowerLeft = new PNG({ width: 32, height: 24 });
  PNG.bitblt(grid, lowerLeft, 0, 24, 32, 24, 0, 0);

  expect(output).toMatchObject({ image_3_url: '', images: [{ number: 1 }] });
  expect([third.width, third.height]).toEqual([32, 24]);
  expect(third.data.equals(lowerLeft.data)).toBe(true);
});
