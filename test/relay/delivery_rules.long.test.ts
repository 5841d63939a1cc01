import * as zod from 'zod';
import { MAX_CONCURRENT_ATTEMPTS } from '../../relay/delivery/attempt_runner.ts';
import { DEAD_LETTER } from '../../relay/queues.ts';
import { bodyOf } from '../support/bodies.ts';
import { onEachEngine } from '../support/engines.ts';
import { type Account, anAccount, startTestRelay, type TestRelay } from '../support/relay.ts';
import { startTarget, type TargetServer } from '../support/target_server.ts';
import { until } from '../support/until.ts';

const jobRow = zod.object({ seconds: zod.number() });

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

  /** Waits until the delivery for a task had this number of attempts. */
  const attempted = (taskId: string, attempts = 1) =>
    until(`attempt ${attempts} for ${taskId}`, async () =>
      (await relay.deliveries(account)).find(
        (delivery) => delivery.task_id === taskId && delivery.attempts >= attempts,
      ),
    );

  const statesOf = async () =>
    Object.fromEntries(
      (await relay.deliveries(account)).map(({ task_id, event, state }) => [
        `${task_id} ${event}`,
        state,
      ]),
    );

  const hooksOf = async () => (await relay.request('GET', '/v1/hooks', { as: account })).body;

  describe('A target that fails', () => {
    it.each([500, 302])(
      'with %i gets the same request again until it answers 200',
      async (status) => {
        await relay.subscribe(account, target.url);
        target.answer({
          status,
          headers: { location: `${target.url}/elsewhere` },
          body: 'Not now.',
        });
        await relay.callback(account, bodyOf('task-1'), { reference: 'row-1' });
        expect(await attempted('task-1')).toMatchObject({
          state: 'waiting',
          answer: `HTTP ${status}: Not now.`,
          settled_at: null,
        });
        target.answer({ status: 200 });
        await relay.hurry();
        await relay.settled(account);
        const [first, second] = target.received;
        expect(target.received).toHaveLength(2);
        expect(second).toMatchObject({ path: '/', query: first?.query, body: first?.body });
        expect(await relay.deliveries(account)).toMatchObject([
          { state: 'delivered', attempts: 2, answer: 'HTTP 200', settled_at: expect.any(String) },
        ]);
      },
    );

    it('does not delay another target', async () => {
      await relay.subscribe(account, `${target.url}/failing`);
      await relay.subscribe(account, `${target.url}/working`);
      target.answer({ status: 200, held: new Promise(() => undefined) }, '/failing');
      const ids = Array.from({ length: 40 }, (_, n) => `task-${n}`);
      for (const id of ids) {
        await relay.callback(account, bodyOf(id));
      }
      await until(
        'the last delivery to the working target',
        () => target.bodiesAt('/working').length === ids.length,
      );
      // The outcome of the last delivery may not be recorded yet.
      await until('only deliveries to the failing target to wait', async () => {
        const waiting = await relay.deliveries(account, 'waiting');
        return waiting.length === ids.length;
      });
      expect(target.bodiesAt('/working')).toHaveLength(ids.length);
    });

    it('does not delay others on its host, however many deliveries it leaves unanswered', async () => {
      // No attempt times out meanwhile, however slow this machine is.
      const timeout = jest
        .spyOn(AbortSignal, 'timeout')
        .mockReturnValue(new AbortController().signal);
      await relay.subscribe(account, `${target.url}/failing`);
      await relay.subscribe(account, `${target.url}/working`);
      target.answer({ status: 200, held: new Promise(() => undefined) }, '/failing');
      const ids = Array.from({ length: 110 }, (_, n) => `task-${n}`);
      await Promise.all(ids.map((id) => relay.callback(account, bodyOf(id))));
      await until(
        'the last delivery to the working target',
        () => target.bodiesAt('/working').length === ids.length,
      );
      timeout.mockRestore();
      // So none of the unanswered attempts ended and made room for the others.
      const hanging = await relay.deliveries(account, 'waiting');
      expect(hanging.filter(({ attempts }) => attempts > 0)).toEqual([]);
      expect(target.bodiesAt('/failing').length).toBeLessThanOrEqual(MAX_CONCURRENT_ATTEMPTS);
    });

    it('has its answer shown only to its own connection, and shortened', async () => {
      await relay.subscribe(account, target.url);
      target.answer({ status: 500, body: `It is a secret. ${'x'.repeat(2000)}` });
      await relay.callback(account, bodyOf('task-1'));
      const { answer } = await attempted('task-1');
      expect(answer).toMatch(/^HTTP 500: It is a secret\. x+$/);
      expect(answer.length).toBeLessThan(400);
      expect(await relay.deliveries(anAccount())).toEqual([]);
      expect(relay.log()).not.toContain('It is a secret.');
    });
  });

  describe('A target that is slow', () => {
    it('gets an event once, however late it answers', async () => {
      const { promise: held, resolve: release } = Promise.withResolvers<void>();
      await relay.subscribe(account, target.url);
      target.answer({ status: 200, held });
      await relay.callback(account, bodyOf('task-1'));
      await until('the attempt', () => target.received.length === 1);
      // Meanwhile an event of another connection is delivered, and pg-boss retries the first job.
      const other = anAccount();
      await relay.subscribe(other, `${target.url}/other`);
      target.answer({ status: 200 }, '/other');
      await relay.callback(other, bodyOf('task-2'));
      await relay.settled(other);
      await until('the next attempt', async () => {
        await relay.hurry();
        const [row] = await relay.database.rows(
          zod.object({ count: zod.number() }),
          `select count(*)::integer as count from pgboss.job
           where name = 'deliver' and retry_count > 0 and data ->> 'delivery' = $1`,
          [(await relay.deliveries(account))[0]?.id],
        );
        return (row?.count ?? 0) > 0;
      });
      release();
      expect(await relay.settled(account)).toMatchObject([{ state: 'delivered', attempts: 1 }]);
      expect(target.bodiesAt('/')).toHaveLength(1);
    });
  });

  describe('A delivery', () => {
    it('that was given up while its last attempt ran is delivered all the same', async () => {
      const { promise: held, resolve: release } = Promise.withResolvers<void>();
      await relay.subscribe(account, target.url);
      target.answer({ status: 200, held });
      await relay.callback(account, bodyOf('task-1'));
      await until('the attempt', () => target.received.length === 1);
      await relay.database.run(`update relay.delivery set state = 'dead' where connection = $1`, [
        account.id,
      ]);
      release();
      await until('its outcome', async () => (await statesOf())['task-1 task.finished'] !== 'dead');
      expect(await statesOf()).toEqual({ 'task-1 task.finished': 'delivered' });
    });

    it('that was made is no dead letter, though its job is given up', async () => {
      await relay.subscribe(account, target.url);
      await relay.callback(account, bodyOf('task-1'));
      const [delivered] = await relay.settled(account);
      const job = await relay.database.boss.send(DEAD_LETTER, { delivery: delivered?.id });
      relay.wake();
      await until('the end of the job', async () => {
        const [found] = await relay.database.boss.findJobs(DEAD_LETTER, { id: job ?? '' });
        return found?.state === 'completed';
      });
      expect(await statesOf()).toEqual({ 'task-1 task.finished': 'delivered' });
    });

    it('that missed its slot takes a new one', async () => {
      await relay.subscribe(account, target.url);
      target.answer({ status: 500 });
      await relay.callback(account, bodyOf('task-1'));
      const { id } = await attempted('task-1');
      await until('the job of its next try', async () => {
        await relay.database.run(`update relay.target set next_slot = now() - interval '1 hour'`);
        const jobs = await relay.database.rows(
          zod.object({ id: zod.string() }),
          `update pgboss.job set start_after = now(), data = data || '{"slot": 1}'
           where name = 'deliver' and state = 'retry' and data ->> 'delivery' = $1
           returning id::text`,
          [id],
        );
        return jobs.length > 0;
      });
      relay.wake();
      await until('a new slot', async () => {
        const slots = await relay.database.rows(
          zod.object({ is_new: zod.boolean() }),
          `select next_slot > now() - interval '30 minutes' as is_new from relay.target
           where url = $1`,
          [target.url],
        );
        return slots[0]?.is_new;
      });
    });
  });

  describe('A target that answers 410', () => {
    it('has its hook and waiting deliveries ended, and no other hook is affected', async () => {
      const gone = await relay.subscribe(account, `${target.url}/gone`);
      const other = await relay.subscribe(account, `${target.url}/other`);
      target.answer({ status: 500 }, '/gone');
      await relay.callback(account, bodyOf('task-1'));
      await attempted('task-1', 1);
      target.answer({ status: 410 }, '/gone');
      await relay.callback(account, bodyOf('task-2'));
      await relay.settled(account);
      expect(await hooksOf()).toEqual({ data: [expect.objectContaining({ id: other })] });
      const states = (await relay.deliveries(account)).map(
        ({ task_id, hook_id, state }) =>
          `${task_id} ${hook_id === gone ? 'gone' : 'other'}: ${state}`,
      );
      expect(states.sort()).toEqual([
        'task-1 gone: ended',
        'task-1 other: delivered',
        'task-2 gone: ended',
        'task-2 other: delivered',
      ]);
      await relay.hurry();
      await relay.callback(account, bodyOf('task-3'));
      await relay.settled(account);
      expect(target.bodiesAt('/gone')).toEqual([bodyOf('task-1'), bodyOf('task-2')]);
    });

    it('is gone; 404 from a host other than Zapier is only a failure', async () => {
      await relay.subscribe(account, target.url);
      target.answer({ status: 404, body: '' });
      await relay.callback(account, bodyOf('task-1'));
      expect(await attempted('task-1')).toMatchObject({ state: 'waiting', answer: 'HTTP 404' });
    });

    it('gets nothing more once its hook is unsubscribed', async () => {
      const id = await relay.subscribe(account, target.url);
      target.answer({ status: 500 });
      await relay.callback(account, bodyOf('task-1'));
      await attempted('task-1');
      await relay.request('DELETE', `/v1/hooks/${id}`, { as: account });
      await relay.hurry();
      expect(await relay.settled(account)).toMatchObject([{ state: 'ended' }]);
      await relay.callback(account, bodyOf('task-2'));
      await relay.settled(account);
      expect(target.received).toHaveLength(1);
    });
  });

  describe('A target that two hooks share', () => {
    it('gets nothing from either while it is busy', async () => {
      await relay.subscribe(account, target.url);
      const other = anAccount();
      await relay.subscribe(other, target.url);
      target.answer({ status: 429, headers: { 'retry-after': '3600' } });
      await relay.callback(account, bodyOf('task-1'));
      await attempted('task-1');
      target.answer({ status: 200 });
      await relay.callback(other, bodyOf('task-2'));
      await until('it to be put off', async () => {
        const rows = await relay.database.rows(
          jobRow,
          `select extract(epoch from start_after - now())::float8 as seconds from pgboss.job
           where name = 'deliver' and state = 'created' and data ->> 'delivery' = $1
             and start_after > now() + interval '1 minute'`,
          [(await relay.deliveries(other))[0]?.id],
        );
        return rows.length === 1;
      });
      expect(target.received).toHaveLength(1);
      await relay.hurry();
      await relay.settled(other);
      await relay.settled(account);
      expect(target.received).toHaveLength(3);
    });
  });

  describe('A target that is busy', () => {
    it.each([
      ['seconds', () => '3600'],
      ['a date', () => new Date(Date.now() + 3_600_000).toUTCString()],
    ])('gets nothing until the end of its Retry-After, given in %s', async (_what, when) => {
      await relay.subscribe(account, target.url);
      target.answer({ status: 429, headers: { 'retry-after': when() } });
      await relay.callback(account, bodyOf('task-1'));
      expect(await attempted('task-1')).toMatchObject({
        state: 'waiting',
        answer: expect.stringMatching(/^HTTP 429/),
      });
      target.answer({ status: 200 });
      await relay.callback(account, bodyOf('task-2'));
      const ids = (await relay.deliveries(account)).map(({ id }) => id);
      const jobs = await until('both to be put off', async () => {
        const rows = await relay.database.rows(
          jobRow,
          `select extract(epoch from start_after - now())::float8 as seconds from pgboss.job
           where name = 'deliver' and state = 'created' and data ->> 'delivery' = any($1)
             and start_after > now() + interval '1 minute'`,
          [ids],
        );
        return rows.length === 2 && rows;
      });
      for (const { seconds } of jobs) {
        expect(seconds).toBeGreaterThan(3500);
        expect(seconds).toBeLessThan(3610);
      }
      expect(target.received).toHaveLength(1);
      await relay.hurry();
      expect(await relay.settled(account)).toMatchObject([
        { task_id: 'task-2', state: 'delivered', attempts: 1 },
        { task_id: 'task-1', state: 'delivered', attempts: 2 },
      ]);
    });

    it('for more than a day and a half becomes a dead letter', async () => {
      await relay.subscribe(account, target.url);
      target.answer({ status: 429, headers: { 'retry-after': '3600' } });
      await relay.callback(account, bodyOf('task-1'));
      await attempted('task-1');
      const hasBeenBusyFor = (hours: number) =>
        relay.database.run(
          `update relay.delivery set tried_since = now() - $2 * interval '1 hour'
           where connection = $1`,
          [account.id, hours],
        );
      await hasBeenBusyFor(35);
      const again = await until('another try', async () => {
        await relay.hurry();
        return (await relay.deliveries(account)).find(({ attempts }) => attempts > 1);
      });
      expect(again.state).toBe('waiting');
      await hasBeenBusyFor(37);
      const [delivery] = await until('its end', async () => {
        // On a slow machine an answer may come late, so this is repeated.
        await relay.hurry();
        const dead = await relay.deliveries(account, 'dead');
        return dead.length > 0 && dead;
      });
      expect(delivery?.state).toBe('dead');
      expect(delivery?.attempts).toBeGreaterThanOrEqual(3);
    });
  });

  describe('Progress that is overtaken', () => {
    beforeEach(async () => {
      await relay.subscribe(account, `${target.url}/progress`, { event: 'task.progress' });
      await relay.subscribe(account, `${target.url}/finished`);
    });

    const progress = (percent: number) =>
      relay.callback(account, bodyOf('task-1', 'processing', { progress: percent }));

    it('by newer progress is no longer delivered', async () => {
      target.answer({ status: 500 }, '/progress');
      await progress(20);
      await attempted('task-1');
      target.answer({ status: 200 }, '/progress');
      await progress(40);
      await relay.hurry();
      expect((await relay.settled(account)).map(({ state }) => state)).toEqual([
        'delivered',
        'overtaken',
      ]);
      expect(target.bodiesAt('/progress').slice(1)).toEqual([
        bodyOf('task-1', 'processing', { progress: 40 }),
      ]);
    });

    it('by the end is no longer delivered', async () => {
      target.answer({ status: 500 }, '/progress');
      await progress(20);
      await attempted('task-1');
      await relay.callback(account, bodyOf('task-1', 'failed'));
      await relay.hurry();
      await relay.settled(account);
      expect(await statesOf()).toEqual({
        'task-1 task.progress': 'overtaken',
        'task-1 task.finished': 'delivered',
      });
      expect(target.bodiesAt('/progress')).toHaveLength(1);
    });

    it('by an end that came first is never delivered', async () => {
      await relay.callback(account, bodyOf('task-1'));
      await progress(80);
      expect(await relay.settled(account)).toMatchObject([{ event: 'task.finished' }]);
      expect(target.bodiesAt('/progress')).toEqual([]);
    });

    it('does not affect the delivery of an end that failed at first', async () => {
      target.answer({ status: 500 }, '/finished');
      await relay.callback(account, bodyOf('task-1'));
      await attempted('task-1');
      await relay.callback(account, bodyOf('task-1', 'failed'));
      target.answer({ status: 200 }, '/finished');
      await relay.hurry();
      expect(await relay.settled(account)).toMatchObject([{ state: 'delivered' }]);
      expect(target.bodiesAt('/finished')).toEqual([bodyOf('task-1'), bodyOf('task-1')]);
    });
  });
});
