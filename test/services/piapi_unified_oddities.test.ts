import { quickPauses } from '../support/quick_pauses.ts';
import { quietConsole } from '../support/quiet.ts';
import { refusalOf } from '../support/refusal.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

quietConsole();
quickPauses();

let worlds: Worlds;
beforeEach(async () => {
  worlds = await startWorlds({ service: 'piapi_unified' });
});
afterEach(() => worlds.stop());

describe('a new task that the service hides at first', () => {
  beforeEach(() => {
    worlds.service.settings.hiddenMilliseconds = 1_000;
  });

  test('is found by Find Task', async () => {
    const { output } = await worlds.account.create('imagine', { prompt: 'red fox' });

    expect(await worlds.account.search('find_task', { task_id: output.task_id })).toMatchObject([
      { task_id: output.task_id },
    ]);
  });

  test("is waited for in the editor's test", async () => {
    await worlds.listen('task_finished');
    const { output } = await worlds.account.create(
      'imagine',
      { prompt: 'red fox', wait_for_result: true },
      { editor: true },
    );

    expect(output).toMatchObject({ status: 'finished', succeeded: true });
  });
});

test.each([[true], [false]])(
  'a refusal is recognised whether or not it comes with HTTP 200 (%s)',
  async (errorsOnHttp200) => {
    worlds.service.settings.errorsOnHttp200 = errorsOnHttp200;
    const unknown = 'c0d39b5a-345c-4448-a7bf-000000000000';
    const stranger = worlds.zapier.connect({ ...worlds.service.connection, api_key: 'another' });

    expect(
      await refusalOf(worlds.account.create('reroll', { origin_task_id: unknown })),
    ).toMatchObject({
      kind: 'HaltedError',
      shown: expect.stringContaining('Nothing was started. PiAPI says: derive from origin task'),
    });
    expect(await worlds.account.search('find_tasks', { task_ids: [unknown] })).toEqual([]);
    expect((await refusalOf(stranger.create('imagine', { prompt: 'fox' }))).kind).toBe(
      'ExpiredAuthError',
    );
    worlds.service.settings.refuse = worlds.service.refusal('slow down', 429);
    expect((await refusalOf(worlds.account.create('imagine', { prompt: 'fox' }))).kind).toBe(
      'ThrottledError',
    );
  },
);
