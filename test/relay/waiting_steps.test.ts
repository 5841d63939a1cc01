import { bodyOf } from '../support/bodies.ts';
import { onEachEngine } from '../support/engines.ts';
import { type Account, anAccount, startTestRelay, type TestRelay } from '../support/relay.ts';
import { startTarget, type TargetServer } from '../support/target_server.ts';

const withoutImage = (body: string): string => {
  const { task_result, ...task } = JSON.parse(body);
  return JSON.stringify({ ...task, task_result: { ...task_result, image_url: '' } });
};

onEachEngine((engine) => {
  let relay: TestRelay;
  let target: TargetServer;
  let account: Account;

  beforeAll(async () => {
    relay = await startTestRelay(engine);
  });

  beforeEach(async () => {
    account = anAccount();
    target = await startTarget();
  });

  afterEach(async () => {
    await target.stop();
  });

  afterAll(async () => {
    await relay.stop();
  });

  describe('A step that waits', () => {
    it('is called back only at the end, at its callback URL unchanged', async () => {
      const resume = `${target.url}/callback?step=1%2F2`;
      await relay.subscribe(account, `${target.url}/progress`, { event: 'task.progress' });
      const query = { resume, reference: 'row-1' };
      await relay.callback(account, bodyOf('task-1', 'processing', { progress: 46 }), query);
      await relay.settled(account);
      await relay.callback(account, bodyOf('task-1'), query);
      await relay.settled(account);
      expect(target.received).toMatchObject([
        {
          path: '/progress',
          query: new URLSearchParams({ reference: 'row-1', operation: 'imagine', forwarded: '1' }),
        },
        {
          path: '/callback',
          query: new URLSearchParams({ step: '1/2' }),
          headers: { 'x-webhook-secret': account.secret },
          body: bodyOf('task-1'),
        },
      ]);
    });

    it('is called back once, however many copies of the end arrive, even at the same time', async () => {
      const query = { resume: `${target.url}/callback` };
      const end = () => relay.callback(account, bodyOf('task-1', 'failed'), query);
      await Promise.all([end(), end(), end()]);
      await end();
      await relay.settled(account);
      expect(target.received).toHaveLength(1);
    });

    it('is called back at the first end, also when that comes without its result', async () => {
      const hook = { event: 'task.finished' } as const;
      await relay.subscribe(account, `${target.url}/finished`, hook);
      const query = { resume: `${target.url}/callback` };
      const early = withoutImage(bodyOf('task-1'));
      for (const body of [early, early, bodyOf('task-1'), bodyOf('task-1')]) {
        await relay.callback(account, body, query);
        await relay.settled(account);
      }
      expect(target.bodiesAt('/callback')).toEqual([early]);
      expect(target.bodiesAt('/finished')).toEqual([early, bodyOf('task-1')]);
    });

    it('has its callback listed as a delivery without a hook', async () => {
      await relay.callback(account, bodyOf('task-1'), { resume: `${target.url}/callback` });
      expect(await relay.settled(account)).toMatchObject([
        { state: 'delivered', hook_id: null, task_id: 'task-1', event: 'task.finished' },
      ]);
    });
  });

  describe('A step that waits for a group', () => {
    const inGroup = (group_size = '3') => ({
      resume: `${target.url}/callback`,
      group: 'step-1',
      group_size,
    });
    const called = () => target.bodiesAt('/callback');

    it('counts a task once whose end comes without its result first', async () => {
      await relay.callback(account, withoutImage(bodyOf('a')), inGroup('2'));
      await relay.callback(account, bodyOf('a'), inGroup('2'));
      await relay.settled(account);
      expect(called()).toEqual([]);
      await relay.callback(account, bodyOf('b'), inGroup('2'));
      await relay.settled(account);
      expect(called()).toEqual([bodyOf('b')]);
    });

    it('is called back when the last of its tasks has ended, with the body of that end', async () => {
      for (const id of ['a', 'b']) {
        await relay.callback(account, bodyOf(id), inGroup());
        await relay.callback(account, bodyOf(id), inGroup());
      }
      await relay.callback(account, bodyOf('c', 'processing'), inGroup());
      expect(await relay.settled(account)).toEqual([]);
      await relay.callback(account, bodyOf('c', 'failed'), inGroup());
      expect(await relay.settled(account)).toHaveLength(1);
      expect(called()).toEqual([bodyOf('c', 'failed')]);
    });

    it('is called back once when all tasks end at the same time', async () => {
      await Promise.all(
        ['a', 'b', 'c'].map((id) => relay.callback(account, bodyOf(id), inGroup())),
      );
      await relay.settled(account);
      expect(called()).toHaveLength(1);
    });

    it('does not wait for tasks that were never started', async () => {
      await relay.callback(account, bodyOf('a'), inGroup());
      await relay.callback(account, bodyOf('b'), inGroup());
      const answer = await relay.request('PUT', '/v1/groups/step-1', {
        as: account,
        body: { group_size: 2 },
      });
      expect(answer.status).toBe(204);
      await relay.settled(account);
      expect(called()).toEqual([bodyOf('b')]);
    });

    it('may make the group smaller before the first task has ended', async () => {
      await relay.request('PUT', '/v1/groups/step-1', { as: account, body: { group_size: 1 } });
      await relay.callback(account, bodyOf('a'), inGroup());
      await relay.settled(account);
      expect(called()).toEqual([bodyOf('a')]);
    });

    it('never grows, and calls once though it is made smaller afterwards', async () => {
      const resize = (group_size: number) =>
        relay.request('PUT', '/v1/groups/step-1', { as: account, body: { group_size } });
      await relay.callback(account, bodyOf('a'), inGroup('2'));
      await resize(3);
      await relay.callback(account, bodyOf('b'), inGroup('2'));
      await relay.settled(account);
      expect(called()).toEqual([bodyOf('b')]);
      await resize(1);
      expect(await relay.settled(account)).toHaveLength(1);
      expect(called()).toHaveLength(1);
    });

    it('is separate from a group of the same name of another connection', async () => {
      const other = anAccount();
      await relay.callback(account, bodyOf('a'), inGroup('2'));
      await relay.callback(other, bodyOf('b'), inGroup('2'));
      await relay.request('PUT', '/v1/groups/step-1', { as: other, body: { group_size: 2 } });
      expect([...(await relay.settled(account)), ...(await relay.settled(other))]).toEqual([]);
    });

    it.each([{}, { group_size: 0 }, { group_size: 'two' }, { group_size: 101 }])(
      'gets an error for the group size %j',
      async (body) => {
        expect(
          await relay.request('PUT', '/v1/groups/step-1', { as: account, body }),
        ).toMatchObject({
          status: 400,
          body: { error: { message: expect.stringContaining('group_size: ') } },
        });
      },
    );
  });
});
