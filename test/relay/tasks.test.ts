import * as zod from 'zod';
import { taskRow } from '../../relay/store/task_row.ts';
import diffusion from '../fixtures/legnext/diffusion.json' with { type: 'json' };
import { bodyOf } from '../support/bodies.ts';
import { onEachEngine } from '../support/engines.ts';
import { type Account, anAccount, startTestRelay, type TestRelay } from '../support/relay.ts';

const listed = zod.object({
  data: zod.array(taskRow.extend({ body: zod.string().optional() })),
  next: zod.nullable(zod.string()),
});

onEachEngine((engine) => {
  let relay: TestRelay;
  let account: Account;

  beforeAll(async () => {
    relay = await startTestRelay(engine);
  });

  beforeEach(() => {
    account = anAccount();
  });

  afterAll(() => relay.stop());

  const list = async (query = '', as = account) =>
    listed.parse((await relay.request('GET', `/v1/tasks?body=false&${query}`, { as })).body).data;
  const idsOf = async (query: string) => (await list(query)).map(({ task_id }) => task_id);

  const started = (body: Record<string, unknown>, as = account) =>
    relay.request('POST', '/v1/started', {
      as,
      body: {
        callback: 'service=piapi_v2&operation=imagine&reference=row-7',
        worry_seconds: 600,
        ...body,
      },
    });

  describe('A task', () => {
    it('is listed from its start to its end, in one place, with what is known of it', async () => {
      await started({ task_ids: ['t'], prompts: ['red fox in snow'], model: 'midjourney' });
      const [staged] = await list();
      expect(staged).toMatchObject({
        status: 'staged',
        progress: 0,
        operation: 'imagine',
        reference: 'row-7',
        prompt: 'red fox in snow',
        model: 'midjourney',
        service: 'piapi_v2',
        ended_at: null,
      });

      const reference = { reference: 'row-7' };
      await relay.callback(account, bodyOf('t', 'processing', { progress: 46 }), reference);
      expect(await list()).toMatchObject([
        {
          id: staged?.id,
          status: 'processing',
          progress: 46,
          picture: expect.stringMatching(/-46/),
        },
      ]);

      await relay.callback(account, bodyOf('t'), reference);
      const [ended] = await list();
      expect(ended).toMatchObject({
        id: staged?.id,
        status: 'finished',
        progress: 100,
        started_at: staged?.started_at,
        media: '',
        error_kind: '',
        advice: '',
      });
      expect(ended?.links).toEqual([ended?.picture]);
      expect(ended?.credits_used).toBeGreaterThan(0);
      expect(ended?.duration_seconds).toBeGreaterThan(0);
    });

    it('that failed has its reason, and the advice that Zaps get', async () => {
      await relay.callback(account, bodyOf('t', 'failed'));
      expect(await list()).toMatchObject([
        {
          status: 'failed',
          error_kind: 'banned_prompt',
          error_message: expect.stringContaining('Banned Prompt'),
          advice: expect.stringContaining('Take that word out'),
        },
      ]);
    });

    it('whose result is words has them', async () => {
      const body = JSON.parse(bodyOf('t', 'finished', { operation: 'describe' }));
      const task_result = { ...body.task_result, image_url: '', message: 'a red fox in snow' };
      await relay.callback(account, JSON.stringify({ ...body, task_result }));
      expect(await list()).toMatchObject([{ text: expect.stringContaining('a red fox in snow') }]);
    });

    it('that is told of after its end stays as it is', async () => {
      await relay.callback(account, bodyOf('t'));
      const before = await list();
      await started({ task_ids: ['t'] });
      expect(await list()).toEqual(before);
    });

    it('that a step names twice is one', async () => {
      expect((await started({ task_ids: ['t', 't'] })).status).toBe(204);
      expect(await list()).toHaveLength(1);
    });

    it('has only operations that there are, whatever it is told of as', async () => {
      const callback = `service=x&operation=${'x'.repeat(3_000)}`;
      expect((await started({ task_ids: ['t'], callback })).status).toBe(204);
      expect(await list()).toMatchObject([{ operation: '', service: '' }]);
      expect((await started({ task_ids: ['t'], model: 'x'.repeat(201) })).status).toBe(400);
    });

    it('of a step that does not say what it runs is listed all the same', async () => {
      await started({ task_ids: ['t', 'u'], prompts: ['only one'] });
      expect(await list()).toMatchObject([
        { task_id: 'u', prompt: '' },
        { task_id: 't', prompt: 'only one' },
      ]);
    });

    it('of a service that reports its end alone began when the service says', async () => {
      const now = Date.now();
      const { data } = diffusion;
      const job = {
        ...data,
        meta: {
          ...data.meta,
          created_at: new Date(now - 60_000).toISOString(),
          started_at: new Date(now - 50_000).toISOString(),
          ended_at: new Date(now - 10_000).toISOString(),
        },
      };
      await relay.callback(account, JSON.stringify({ data: job }), { service: 'legnext' });
      const [task] = await list();
      expect(task).toMatchObject({ service: 'legnext', status: 'finished' });
      expect(task?.links).toHaveLength(5);
      expect(Date.parse(task?.started_at ?? '')).toBeLessThan(now - 45_000);
    });
  });

  describe('A filter', () => {
    beforeEach(async () => {
      const send = (id: string, ...rest: [Parameters<typeof bodyOf>[1], string, object?]) =>
        relay.callback(account, bodyOf(id, rest[0], rest[2]), { reference: rest[1] });
      await send('fox', 'finished', 'row-1', { prompt: 'a red FOX, 100% wool' });
      await send('cat', 'failed', 'row-22', { prompt: 'a cat_in a hat' });
      await send('owl', 'processing', 'other', { progress: 20, operation: 'upscale' });
    });

    it.each([
      ['status=finished', ['fox']],
      ['status=failed', ['cat']],
      ['status=running', ['owl']],
      ['operation=imagine', ['cat', 'fox']],
      ['operation=imagine&status=failed', ['cat']],
      ['model=midjourney', ['owl', 'cat', 'fox']],
      ['model=flux', []],
      ['reference=row-1', ['fox']],
      ['reference=row-*', ['cat', 'fox']],
      ['reference=row_1', []],
      ['reference=', ['owl', 'cat', 'fox']],
      ['words=fox+RED', ['fox']],
      ['words=fox+cat', []],
      ['words=100%25', ['fox']],
      ['words=t_i', ['cat']],
      ['words=o_x', []],
      ['words=22', ['cat']],
      ['words=+', ['owl', 'cat', 'fox']],
      ['words=', ['owl', 'cat', 'fox']],
      ['words=%00fox', ['fox']],
      ['operation=%00imagine', ['cat', 'fox']],
      ['since=2020-01-01T00:00:00Z', ['owl', 'cat', 'fox']],
      ['until=2020-01-01T00:00:00%2B02:00', []],
      ['connection=nobody', []],
    ])('%s leaves what fits', async (query, ids) => {
      expect(await idsOf(query)).toEqual(ids);
    });

    it.each([
      ['colour=red', 'colour'],
      ['status=done', 'status'],
      ['since=yesterday', 'since'],
      ['body=no', 'body'],
      ['since=0000-01-01T00:00:00Z', 'value'],
    ])('that is none is refused by name: %s', async (query, name) => {
      const answer = await relay.request('GET', `/v1/tasks?${query}`, { as: account });
      expect(answer.status).toBe(400);
      expect(JSON.stringify(answer.body)).toContain(name);
    });

    it('is kept from page to page', async () => {
      const { body } = await relay.request('GET', '/v1/tasks?limit=1&reference=row-*', {
        as: account,
      });
      const { data, next } = listed.parse(body);
      expect(data).toMatchObject([{ task_id: 'cat' }]);
      expect(await idsOf(`reference=row-*&after=${next}`)).toEqual(['fox']);
    });
  });

  it('several clients are seen together, newest first, and nobody else', async () => {
    const [one, two, stranger] = [anAccount(), anAccount(), anAccount()];
    for (const [who, id] of [
      [one, 'a'],
      [two, 'b'],
      [stranger, 'x'],
      [one, 'c'],
    ] as const) {
      await relay.callback(who, bodyOf(id));
    }
    const headers = { authorization: `Bearer ${one.token},${two.token}` };
    const ask = async (path: string) => (await relay.request('GET', path, { headers })).body;
    expect(await ask('/v1/tasks')).toMatchObject({
      data: [{ task_id: 'c' }, { task_id: 'b' }, { task_id: 'a' }],
    });
    expect(await ask(`/v1/tasks?connection=${two.id}`)).toMatchObject({ data: [{ task_id: 'b' }] });
    expect(await ask(`/v1/tasks?connection=${stranger.id}`)).toMatchObject({ data: [] });
    expect(await ask(`/v1/connections/${stranger.id}/tasks/x`)).toMatchObject({
      error: { code: 'not_found' },
    });
    expect(await ask('/v1/connections')).toMatchObject({
      data: [{ id: one.id }, { id: two.id }],
      operator: false,
    });
  });

  it('the operations and models of the newest tasks can be chosen from', async () => {
    await relay.callback(account, bodyOf('t'));
    await relay.callback(account, bodyOf('u'));
    await relay.callback(account, bodyOf('v', 'finished', { operation: 'upscale' }));
    const { body } = await relay.request('GET', '/v1/tasks/choices', { as: account });
    expect(body).toEqual({
      data: [
        { operation: 'imagine', model: 'midjourney' },
        { operation: 'upscale', model: 'midjourney' },
      ],
    });
  });

  describe('One task', () => {
    it('comes with its events, its deliveries and its newest body', async () => {
      await relay.subscribe(account, 'http://127.0.0.1:9/hooks/secret');
      await relay.callback(account, bodyOf('t', 'processing', { progress: 20 }));
      await relay.callback(account, bodyOf('t'));
      const { body } = await relay.request('GET', `/v1/connections/${account.id}/tasks/t`, {
        as: account,
      });
      expect(body).toMatchObject({
        task: { task_id: 't', status: 'finished' },
        body: bodyOf('t'),
        events: [
          { status: 'processing', progress: 20 },
          { status: 'finished', progress: 100 },
        ],
        deliveries: [{ event: 'task.finished', host: '127.0.0.1:9', task_id: 't' }],
      });
      expect(JSON.stringify(body)).not.toContain('/hooks/secret');
    });
  });

  describe('The table', () => {
    it('has one row a task, and nothing that a spreadsheet would run', async () => {
      await relay.callback(account, bodyOf('t', 'finished', { prompt: '=1+1 "quoted", fox' }), {
        reference: 'row-7',
      });
      await relay.callback(account, bodyOf('u', 'failed', { prompt: 'two\nlines' }));
      const { body, headers } = await relay.request('GET', '/v1/tasks.csv', { as: account });
      expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(headers.get('content-disposition')).toContain('tasks.csv');
      const text = String(body);
      expect(text).toContain('"Started","Client","Reference","Prompt"');
      expect(text).toContain('"row-7","\'=1+1 ""quoted"", fox","imagine","midjourney","finished"');
      expect(text).toContain('"two\nlines"');
      expect(text.trim().split('\r\n')).toHaveLength(3);
    });

    it('follows the filter, and has more rows than a page', async () => {
      const rows = Array.from({ length: 620 }, (_, number) => `task-${number}`);
      for (let from = 0; from < rows.length; from += 100) {
        await started({ task_ids: rows.slice(from, from + 100) });
      }
      await relay.callback(account, bodyOf('done'));
      const { body } = await relay.request('GET', '/v1/tasks.csv?status=running', { as: account });
      expect(String(body).trim().split('\r\n')).toHaveLength(621);
      const wrong = await relay.request('GET', '/v1/tasks.csv?limit=3', { as: account });
      expect(wrong.status).toBe(400);
    });
  });
});
