import { managementToken } from '../../delivery/secret.ts';
import { OUTPUT_FIELDS, TASK_LINE_ITEMS } from '../../output/output_fields.ts';
import { startHttpServer } from '../support/http_server.ts';
import { differences } from '../support/key_paths.ts';
import { quietConsole } from '../support/quiet.ts';
import { refusalOf } from '../support/refusal.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

quietConsole();

const UNKNOWN = 'c0d39b5a-345c-4448-a7bf-000000000000';

let worlds: Worlds;
let ids: string[];
beforeAll(async () => {
  worlds = await startWorlds();
  const tasks = [];
  for (const prompt of ['red fox', 'blood', 'lighthouse']) {
    tasks.push(await worlds.account.create('imagine', { prompt }));
  }
  await worlds.settled();
  ids = tasks.map(({ output }) => String(output.task_id));
});
afterAll(() => worlds.stop());

describe('Find Task', () => {
  test('gives a finished task with its pictures', async () => {
    const [found] = await worlds.account.search('find_task', { task_id: ` ${ids[0]} ` });

    expect(found).toMatchObject({ task_id: ids[0], status: 'finished', prompt: 'red fox' });
    expect(
      differences(
        Object(found),
        OUTPUT_FIELDS.map(({ key }) => key),
      ),
    ).toEqual([]);
  });

  test('gives a failed task with its reason', async () => {
    expect(await worlds.account.search('find_task', { task_id: ids[1] })).toMatchObject([
      { status: 'failed', error_kind: 'banned_prompt' },
    ]);
  });

  test('does not give the key away that a service quotes', async () => {
    const key = 'key-0123456789';
    const server = await startHttpServer((_request, response) => {
      const task_result = { error_messages: [`${key} and ${managementToken(key)} are blocked`] };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ task_id: UNKNOWN, status: 'failed', task_result }));
    });
    const account = worlds.zapier.connect({ api_key: key, base_url: server.url });
    const [found] = await account.search('find_task', { task_id: UNKNOWN });
    await server.stop();

    expect(found?.error_message).toBe('… and … are blocked');
  });

  test('finds nothing for an id that the service does not know', async () => {
    expect(await worlds.account.search('find_task', { task_id: UNKNOWN })).toEqual([]);
  });

  test('gives an error that names the field when the id is not valid', async () => {
    const { shown } = await refusalOf(worlds.account.search('find_task', { task_id: 'row 7' }));
    expect(shown).toContain('Task: Choose a task, or map the Task ID');
    expect(shown).not.toContain('started');
  });
});

describe('Find Tasks', () => {
  test('gives all tasks with one call, as line items in the given order, and lists unknown ids', async () => {
    const before = worlds.piapi.requests.length;
    const [found] = await worlds.account.search('find_tasks', {
      task_ids: [ids[2], UNKNOWN, ids[0], ids[2]],
    });

    expect(worlds.piapi.requests).toHaveLength(before + 1);
    expect(found).toMatchObject({
      id: ids[2],
      found_count: 2,
      all_ended: true,
      unknown_task_ids: [UNKNOWN],
      tasks: [{ task_id: ids[2] }, { task_id: ids[0] }],
    });
    expect(
      differences(Object(found), [
        'id',
        'found_count',
        'more_count',
        'all_ended',
        'unknown_task_ids',
        ...TASK_LINE_ITEMS.map(({ key }) => key),
      ]),
    ).toEqual([]);
  });

  test('accepts all ids in one text', async () => {
    const [found] = await worlds.account.search('find_tasks', { task_ids: `${ids[0]}, ${ids[1]}` });

    expect(found?.found_count).toBe(2);
  });

  test('names what is no id, and finds the others', async () => {
    const [found] = await worlds.account.search('find_tasks', {
      task_ids: [ids[0], 'row 7', null, '', `${ids[1]}\nhttps://example.com/1`],
    });

    expect(found).toMatchObject({
      found_count: 2,
      unknown_task_ids: ['row', '7', 'https://example.com/1'],
      tasks: [{ task_id: ids[0] }, { task_id: ids[1] }],
    });
  });

  test('finds nothing when no id is known', async () => {
    expect(await worlds.account.search('find_tasks', { task_ids: [UNKNOWN] })).toEqual([]);
  });

  test.each([
    ['none', [], 'Tasks: '],
    ['one that is not an id', ['https://example.com'], 'Tasks: https://example.com is no Task ID'],
    [
      'too many',
      Array.from({ length: 101 }, (_, number) => `task-number-${number}`),
      'at most 100',
    ],
  ])('refuses %s before any call', async (_, task_ids, sentence) => {
    const before = worlds.piapi.requests.length;

    const { shown } = await refusalOf(worlds.account.search('find_tasks', { task_ids }));
    expect(shown).toContain(sentence);
    // A search starts nothing anyway.
    expect(shown).not.toContain('started');
    expect(worlds.piapi.requests).toHaveLength(before);
  });
});
