import { TASK_LINE_ITEMS } from '../../output/output_fields.ts';
import { callsOf, EACH_SERVICE, oddKeys } from '../support/each_service.ts';
import { differences } from '../support/key_paths.ts';
import { finishedParents, type Parents } from '../support/parents.ts';
import { quickPauses } from '../support/quick_pauses.ts';
import { quietConsole } from '../support/quiet.ts';
import { refusalOf } from '../support/refusal.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

quietConsole();
quickPauses();

const UNKNOWN = 'c0d39b5a-345c-4448-a7bf-000000000000';

describe.each(EACH_SERVICE)('$key', ({ key, service }) => {
  let worlds: Worlds;
  let parents: Parents;

  beforeAll(async () => {
    worlds = await startWorlds({ service: key, webhooksOnEveryChange: true });
    parents = await finishedParents(worlds);
  });
  afterAll(() => worlds.stop());

  test('Find Task finds nothing for an id that the service does not know', async () => {
    expect(await worlds.account.search('find_task', { task_id: UNKNOWN })).toEqual([]);
  }, 30_000);

  test('Find Tasks finds several tasks and lists the unknown id', async () => {
    const { grid, single } = parents;
    const calls = await callsOf(worlds, async () => {
      const [found] = await worlds.account.search('find_tasks', {
        task_ids: [single, UNKNOWN, grid],
      });
      expect(found).toMatchObject({
        found_count: 2,
        all_ended: true,
        unknown_task_ids: [UNKNOWN],
        tasks: [{ task_id: single }, { task_id: grid }],
      });
      expect(
        differences(Object(found), [
          ...['id', 'found_count', 'all_ended', 'unknown_task_ids'],
          ...TASK_LINE_ITEMS.map(({ key: line }) => line),
        ]),
      ).toEqual([]);
    });

    // Where new tasks are hidden at first, a task that is not found is read again.
    expect(new Set(calls).size).toBe(service.many ? 1 : 3);
    expect(calls.length > new Set(calls).size).toBe(service.hidesNewTasks === true);
  });

  test.each([true, false])(
    'recent tasks are offered with their pictures where there is a history: %s',
    async (hasHistory) => {
      worlds.service.settings.hasHistory = hasHistory;
      const { results } = await worlds.account.choices('searches', 'find_task', 'task_id');
      const samples = await worlds.account.samples('task_finished');
      const labels = results.filter(({ id }) => id === parents.grid).map(({ label }) => label);

      expect(service.history).toBeDefined();
      expect(labels).toEqual(hasHistory ? [expect.stringMatching(/^4 images · /)] : []);
      expect(samples.some(({ image_url }) => /\.png$/.test(String(image_url)))).toBe(hasHistory);
    },
  );

  test('Cancel Task cancels a task, or is refused before any call where the service cannot cancel', async () => {
    worlds.service.settings.concurrency = 0;
    const { output } = await worlds.account.create('imagine', { prompt: 'red fox' });
    const canceling = () => worlds.account.create('cancel_task', { task_id: output.task_id });
    if (service.cancelRequest) {
      const canceled = await canceling();
      expect(canceled.output).toMatchObject({ task_id: output.task_id, status: 'failed' });
      expect(oddKeys(canceled.output)).toEqual([]);
    } else {
      const calls = await callsOf(worlds, async () => {
        expect(await refusalOf(canceling())).toMatchObject({
          kind: 'HaltedError',
          shown: expect.stringContaining(`${service.label} cannot cancel tasks`),
        });
      });
      expect(calls).toEqual([]);
    }
    worlds.service.settings.concurrency = 1000;
  });
});
