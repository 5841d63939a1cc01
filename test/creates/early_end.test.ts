import { callbackSecret } from '../../delivery/secret.ts';
import { SANDBOX_KEY } from '../../sandbox/piapi/piapi.ts';
import { quickPauses } from '../support/quick_pauses.ts';
import { quietConsole } from '../support/quiet.ts';
import { refusalOf } from '../support/refusal.ts';
import { startWorlds, taskIds, type Worlds } from '../support/worlds.ts';

/** A webhook that says `finished` without a picture, while the task is still shown as running. */
quietConsole();
quickPauses();

let worlds: Worlds;
afterEach(() => worlds.stop());

const imagine = (more: Record<string, unknown> = {}) =>
  worlds.account.create('imagine', { prompt: 'red fox', process_mode: 'fast', ...more });

const finishedWithout = (task_id: unknown) => ({
  task_id,
  status: 'finished',
  meta: { task_type: 'imagine' },
  task_result: { image_url: '', image_urls: [], task_progress: 100 },
});

const post = (url: string, body: unknown) =>
  fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-webhook-secret': callbackSecret(SANDBOX_KEY),
    },
    body: JSON.stringify(body),
  });

describe.each(['piapi_v2', 'piapi_unified', 'legnext'] as const)('on %s', (service) => {
  beforeEach(async () => {
    worlds = await startWorlds({ service, taskMilliseconds: 400, imagelessEnd: 'early' });
  });

  test('every Task Finished Zap runs once, with the picture', async () => {
    const any = await worlds.listen('task_finished');
    const succeeded = await worlds.listen('task_finished', { outcome: 'succeeded' });
    const failed = await worlds.listen('task_finished', { outcome: 'failed' });
    await imagine();
    await worlds.settled();

    for (const { runs } of [any, succeeded]) {
      expect(runs).toMatchObject([
        { status: 'finished', succeeded: true, image_url: expect.stringMatching(/\.png$/) },
      ]);
    }
    expect(failed.runs).toEqual([]);
  });

  test('a step that waits reads on, and gives the picture', async () => {
    const zap = await worlds.listen('task_finished');
    const step = await imagine({ wait_for_result: true });
    const output = await step.resumed();
    await worlds.settled();

    expect(output).toMatchObject({
      status: 'finished',
      succeeded: true,
      image_url: expect.stringMatching(/\.png$/),
    });
    expect(taskIds(zap)).toEqual([step.output.task_id]);
  });
});

describe('when the task goes on for longer than a Zap can read', () => {
  beforeEach(async () => {
    worlds = await startWorlds({ taskMilliseconds: 60_000 });
  });

  test('no Zap runs, and the complete end is new to each', async () => {
    const zaps = [await worlds.listen('task_finished'), await worlds.listen('task_finished')];
    const { output } = await imagine();
    const { task_id } = output;
    await post(zaps[0]?.targetUrl ?? '', finishedWithout(task_id));
    await worlds.zapier.settled();
    expect(zaps.map(({ runs }) => runs)).toEqual([[], []]);

    const image_url = 'https://pictures.example/1.png';
    await post(zaps[0]?.targetUrl ?? '', {
      ...finishedWithout(task_id),
      task_result: { image_url },
    });
    await worlds.zapier.settled();
    expect(zaps.map(({ runs }) => runs)).toMatchObject([[{ image_url }], [{ image_url }]]);
  });

  test('a step that waits stops with the id of its task', async () => {
    const step = await imagine({ wait_for_result: true });
    await post(step.callbackUrl, finishedWithout(step.output.task_id));

    expect((await refusalOf(step.resumed())).shown).toContain(
      `Look up task ${step.output.task_id} with Find Task`,
    );
  });
});

test('an end that the service cannot be asked about runs the Zap as it was told, and once', async () => {
  worlds = await startWorlds();
  const zap = await worlds.listen('task_finished');
  for (let copy = 0; copy < 2; copy += 1) {
    await post(zap.targetUrl, finishedWithout('unknown-task'));
    await worlds.zapier.settled();
  }

  expect(zap.runs).toMatchObject([{ task_id: 'unknown-task', status: 'finished', image_url: '' }]);
});
