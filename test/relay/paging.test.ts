import { z as zod } from 'zod';
import { page } from '../../relay/api/paging.ts';
import { bodyOf } from '../support/bodies.ts';
import { onEachEngine } from '../support/engines.ts';
import { anAccount, startTestRelay, type TestRelay } from '../support/relay.ts';

const rows = (count: number) => Array.from({ length: count }, (_, n) => ({ id: String(9 - n) }));

describe('A page', () => {
  it('without more rows has no next page', () => {
    expect(page(rows(2), 2)).toEqual({ data: [{ id: '9' }, { id: '8' }], next: null });
    expect(page([], 2)).toEqual({ data: [], next: null });
    expect(page(rows(1), 0)).toEqual({ data: [], next: null });
  });

  it('with more rows names the row after which the next page begins', () => {
    expect(page(rows(3), 2)).toEqual({ data: [{ id: '9' }, { id: '8' }], next: '8' });
  });
});

const listed = zod.object({
  data: zod.array(zod.object({ task_id: zod.string() })),
  next: zod.string().nullable(),
});

onEachEngine((engine) => {
  let relay: TestRelay;

  beforeAll(async () => {
    relay = await startTestRelay(engine);
  });

  afterAll(async () => {
    await relay.stop();
  });

  it.each([
    '/v1/tasks?limit=2',
    '/v1/deliveries?limit=2',
    '/v1/deliveries?limit=2&state=delivered',
  ])('all pages of %s together are the whole list, newest first', async (path) => {
    const account = anAccount();
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      // The delivery of each is inserted below, so no target is needed.
      await relay.callback(account, bodyOf(id));
    }
    await relay.database.run(
      `insert into relay.delivery (connection, event_id, target_url, state)
         select connection, id, '', 'delivered' from relay.event where connection = $1 order by id`,
      [account.id],
    );
    const pages: string[][] = [];
    let next: string | null = '';
    while (next !== null) {
      const { body } = await relay.request('GET', `${path}${next && `&after=${next}`}`, {
        as: account,
      });
      const read = listed.parse(body);
      pages.push(read.data.map(({ task_id }) => task_id));
      next = read.next;
    }
    expect(pages).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
  });

  it('a task is listed once, with its latest state', async () => {
    const account = anAccount();
    await relay.callback(account, bodyOf('a', 'processing', { progress: 20 }));
    await relay.callback(account, bodyOf('b', 'processing', { progress: 30 }));
    await relay.callback(account, bodyOf('a', 'failed'));
    await relay.callback(account, bodyOf('a', 'processing', { progress: 60 }));
    expect(await relay.request('GET', '/v1/tasks', { as: account })).toMatchObject({
      body: {
        data: [
          { task_id: 'b', status: 'processing', progress: 30 },
          { task_id: 'a', status: 'failed', progress: 100 },
        ],
        next: null,
      },
    });
  });
});
