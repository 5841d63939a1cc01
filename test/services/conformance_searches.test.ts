import { TASK_LINE_ITEMS } from '../../output/output_fields.ts';
import { callsOf, EACH_SERVICE, oddKeys } from '../support/each_service.ts';
import { differences } from '../support/key_paths.ts';
import { finishedParents, type Parents } from '../support/parents.ts';
import { quickPauses } from '../support/quick_pauses.ts';
import { quietConsole } from '../support/quiet.ts';
import { refusalOf } from '../support/refusal.ts';
import { choiceValues, shownFieldsOf } from '../support/shown_fields.ts';
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
          ...['id', 'found_count', 'more_count', 'all_ended', 'unknown_task_ids'],
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
      worlds.service.settings.hasHistory = true;
      const labels = results.filter(({ id }) => id === parents.grid).map(({ label }) => label);

      expect(service.history).toBeDefined();
      // One that may have no list of tasks has those that were started here.
      const isListed = hasHistory || service.remembersLittle === true;
      expect(labels).toEqual(isListed ? [expect.stringMatching(/^4 images · /)] : []);
      expect(samples.some(({ image_url }) => /\.png$/.test(String(image_url)))).toBe(isListed);
    },
  );

  test('Get Account gives what is left with calls that cost nothing, and counts the tasks', async () => {
    worlds.service.settings.concurrency = 0;
    await worlds.account.create('imagine', { prompt: 'red fox' });
    let found: Record<string, unknown>[] = [];
    const calls = await callsOf(worlds, async () => {
      found = await worlds.account.search('get_account', {});
    });
    worlds.service.settings.concurrency = 1000;

    expect(calls.every((one) => one.startsWith('GET '))).toBe(true);
    expect(found).toMatchObject([
      {
        service: key,
        name: 'Sandbox Studio',
        credits_left: expect.any(Number),
        active_tasks: expect.any(Number),
      },
    ]);
    expect(Number(found[0]?.credits_left)).toBeGreaterThan(800);
    expect(Number(found[0]?.active_tasks)).toBeGreaterThan(0);
    expect(await worlds.account.search('get_account', { count_tasks: false })).toMatchObject([
      { active_tasks: null },
    ]);
  });

  test('a step stops before it starts anything when the account has less than Minimum Balance', async () => {
    const started = worlds.service.creates.length;
    const imagine = (minimum_balance: number) =>
      worlds.account.create('imagine', { prompt: 'red fox', minimum_balance });

    expect(await refusalOf(imagine(1000.5))).toMatchObject({
      kind: 'HaltedError',
      shown: expect.stringMatching(
        /has \d+ credits left, less than 1000\.5\. .+\nNothing was started\./,
      ),
    });
    expect(worlds.service.creates).toHaveLength(started);
    await imagine(800);
    expect(worlds.service.creates).toHaveLength(started + 1);
  });

  test('Finished Task in Account runs once for each end, whoever started the task', async () => {
    // Also wakes a task of an earlier test that is held up.
    await worlds.account.create('imagine', { prompt: 'before it was on' });
    await worlds.settled();
    const zap = worlds.account.pollingZap('finished_task_in_account');
    await zap.switchOn();
    const elsewhere = worlds.zapier.connect({ ...worlds.service.connection });
    const { output } = await elsewhere.create('imagine', { prompt: 'from elsewhere' });
    await worlds.settled();
    await zap.poll();
    await zap.poll();

    expect(zap.runs).toMatchObject([
      { task_id: output.task_id, status: 'finished', image_url: expect.stringMatching(/^http/) },
    ]);
    expect(oddKeys(zap.runs[0])).toEqual([]);
    const { fields } = await shownFieldsOf(worlds.account, 'triggers', 'finished_task_in_account');
    expect(choiceValues(fields.find((one) => one.key === 'operations')?.choices)).toContain(
      'inpaint',
    );
    zap.switchOff();
  });

  test('Find Task gives the newest that fits, and Find Tasks as many as are wanted', async () => {
    const imagine = async (prompt: string, reference: string) =>
      (await worlds.account.create('imagine', { prompt, reference })).output.task_id;
    const lighthouse = await imagine('a lighthouse at dusk', 'client-a/7');
    const harbour = await imagine('a harbour at dusk', 'client-a/8');
    await worlds.settled();
    const find = async (wanted: Record<string, unknown>) =>
      (await worlds.account.search('find_task', wanted)).map(({ task_id }) => task_id);
    const [two] = await worlds.account.search('find_tasks', {
      operation: 'Create Images',
      prompt_words: 'DUSK',
      limit: 2,
    });

    expect(await find({ prompt_words: 'dusk', outcome: 'Succeeded' })).toEqual([harbour]);
    expect(await find({ prompt_words: 'dusk lighthouse' })).toEqual([lighthouse]);
    expect(await find({ reference: 'client-a/7' })).toEqual([lighthouse]);
    expect(await find({ reference: 'client-a/7', outcome: 'failed' })).toEqual([]);
    expect(await find({ reference: 'client-b' })).toEqual([]);
    expect(await find({ since: '2099-01-01T00:00:00Z' })).toEqual([]);
    expect(two).toMatchObject({
      found_count: 2,
      tasks: [{ task_id: harbour }, { task_id: lighthouse }],
    });
    for (const search of ['find_task', 'find_tasks']) {
      expect(await refusalOf(worlds.account.search(search, { task_id: '' }))).toMatchObject({
        shown: expect.stringContaining('fill in at least one of Operation'),
      });
    }
  });

  test('every event of a follow-up has the prompt of the picture that it goes on from', async () => {
    const zap = await worlds.listen('task_finished', { operations: ['upscale'] });
    const { output } = await worlds.account.create('imagine', { prompt: 'a fox in fog' });
    await worlds.settled();
    await worlds.account.create('upscale', { origin_task_id: output.task_id, index: '1' });
    await worlds.settled();
    await zap.switchOff();

    expect(zap.runs.map(({ prompt }) => prompt)).toEqual(['a fox in fog']);
  });

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
