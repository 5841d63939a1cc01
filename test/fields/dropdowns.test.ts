import { finishedParents, type Parents } from '../support/parents.ts';
import { quietConsole } from '../support/quiet.ts';
import { choiceValues, shownFieldsOf } from '../support/shown_fields.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

quietConsole();

let worlds: Worlds;
let parents: Parents;
beforeAll(async () => {
  worlds = await startWorlds();
  parents = await finishedParents(worlds);
  await worlds.account.create('imagine', { prompt: 'blood' });
  await worlds.settled();
});
afterAll(() => worlds.stop());

const offered = async (step: string, field = 'origin_task_id', input = {}) => {
  const { results } = await worlds.account.choices('creates', step, field, input);
  return results.map(({ id }) => id);
};

test.each([
  ['upscale', ['single', 'grid']],
  ['variation', ['single', 'grid']],
  ['reroll', ['grid']],
  ['seed', ['single', 'grid']],
  ['pan', ['single']],
  ['outpaint', ['single']],
  ['inpaint', ['single']],
] as const)('%s offers the tasks that it can follow, newest first', async (step, names) => {
  expect(await offered(step)).toEqual(names.map((name) => parents[name]));
});

test("a task's label shows its pictures, its prompt and its age", async () => {
  const { results } = await worlds.account.choices('creates', 'reroll', 'origin_task_id');

  expect(results[0]?.label).toBe('4 images · red fox · 0 min ago');
});

test('Find Task offers failed tasks too', async () => {
  const { results } = await worlds.account.choices('searches', 'find_task', 'task_id');

  expect(results[0]?.label).toBe('failed · blood · 0 min ago');
  expect(results).toHaveLength(3);
});

/** Some services cannot cancel, so its dropdown comes with its field. */
async function cancelable(): Promise<string[]> {
  const { fields } = await shownFieldsOf(worlds.account, 'creates', 'cancel_task');
  return choiceValues(fields[0]?.choices ?? []);
}

test('Cancel Task offers what is still running', async () => {
  expect(await cancelable()).toEqual([]);
  worlds.piapi.settings.taskMilliseconds = 30_000;
  const { output } = await worlds.account.create('imagine', { prompt: 'slow fox' });
  worlds.piapi.settings.taskMilliseconds = 60;

  expect(await cancelable()).toEqual([output.task_id]);
  await worlds.account.create('cancel_task', { task_id: output.task_id });
});

test('there is another page as long as there are tasks', async () => {
  const first = await worlds.account.choices('searches', 'find_task', 'task_id');
  const second = await worlds.account.choices(
    'searches',
    'find_task',
    'task_id',
    {},
    first.paging_token ?? '',
  );

  expect(first.paging_token).toBe('2');
  expect(second).toEqual({ results: [], paging_token: null });
});

test('a list that cannot be read gives an empty dropdown, not an error', async () => {
  const stranger = worlds.zapier.connect({ api_key: 'wrong-key', base_url: worlds.piapi.url });

  expect(await stranger.choices('creates', 'upscale', 'origin_task_id')).toEqual({
    results: [],
    paging_token: null,
  });
});

describe('once the parent task is chosen', () => {
  test('only the choices that it allows are offered', async () => {
    expect(await offered('upscale', 'index', { origin_task_id: parents.grid })).toEqual([
      '1',
      '2',
      '3',
      '4',
      'all',
    ]);
    expect(await offered('upscale', 'index', { origin_task_id: parents.single })).toEqual([
      'subtle',
      'creative',
    ]);
    expect(await offered('variation', 'index', { origin_task_id: parents.single })).toEqual([
      'high_variation',
      'low_variation',
    ]);
  });

  test.each([[''], ['{{123__task_id}}'], ['c0d39b5a-345c-4448-a7bf-000000000000']])(
    'those of a first picture are offered while the service does not know the task %j',
    async (origin_task_id) => {
      expect(await offered('upscale', 'index', { origin_task_id })).toHaveLength(5);
    },
  );
});
