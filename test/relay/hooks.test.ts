import * as zod from 'zod';
import { onEachEngine } from '../support/engines.ts';
import { type Account, anAccount, startTestRelay, type TestRelay } from '../support/relay.ts';

const TARGET = 'http://127.0.0.1:9/hooks/zap-1';

const countRow = zod.object({ count: zod.number() });

onEachEngine((engine) => {
  let relay: TestRelay;
  let account: Account;

  beforeAll(async () => {
    relay = await startTestRelay(engine);
  });

  beforeEach(() => {
    account = anAccount();
  });

  afterAll(async () => {
    await relay.stop();
  });

  const subscribe = (options: Record<string, unknown> = {}, as = account) =>
    relay.request('POST', '/v1/hooks', {
      as,
      body: { event: 'task.finished', target_url: TARGET, ...options },
    });

  const hooksOf = async (as: Account) => (await relay.request('GET', '/v1/hooks', { as })).body;

  describe('Subscribing', () => {
    it('stores a hook and returns it', async () => {
      const { status, body } = await subscribe({ operations: ['upscale'], reference: 'row 7' });
      expect(status).toBe(201);
      expect(body).toEqual({
        id: expect.stringMatching(/^[\da-f-]{36}$/),
        event: 'task.finished',
        target_url: TARGET,
        operations: ['upscale'],
        reference: 'row 7',
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d$/),
      });
      expect(await hooksOf(account)).toEqual({ data: [body] });
    });

    it('to the same event and URL again updates the filters of the same hook', async () => {
      const first = await subscribe({ reference: 'row 1' });
      const second = await subscribe({ reference: 'row 2' });
      expect(second.status).toBe(200);
      expect(second.body).toEqual({ ...Object(first.body), reference: 'row 2' });
      expect(await hooksOf(account)).toEqual({ data: [second.body] });
    });

    it('to another event, with another URL or from another connection makes another hook', async () => {
      const other = anAccount();
      const answers = [
        await subscribe(),
        await subscribe({ event: 'task.progress' }),
        await subscribe({ target_url: `${TARGET}-other` }),
        await subscribe({}, other),
      ];
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
      expect(await hooksOf(account)).toEqual({ data: answers.slice(0, 3).map(({ body }) => body) });
      expect(await hooksOf(other)).toEqual({ data: answers.slice(3).map(({ body }) => body) });
    });

    it('several times at once makes one hook', async () => {
      const answers = await Promise.all(Array.from({ length: 6 }, () => subscribe()));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201]);
      expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    });

    it('cleans characters that PostgreSQL cannot store, like callbacks do', async () => {
      const operations = ['up\0scale', '', ' '];
      const answer = await subscribe({ operations, reference: 'row\0 \ud800' });
      expect(answer).toMatchObject({
        status: 201,
        body: { operations: ['upscale'], reference: 'row \ufffd' },
      });
    });

    it('is refused after 1,000 hooks', async () => {
      await relay.database.run(
        `insert into relay.hook (connection, event, target_url)
         select $1, 'task.finished', 'https://hooks.zapier.com/' || n from generate_series(1, 1000) n`,
        [account.id],
      );
      expect(await subscribe()).toMatchObject({ status: 409, body: { error: { code: 'full' } } });
      expect(await subscribe({ target_url: 'http://127.0.0.1:9/x' })).toMatchObject({
        status: 409,
      });
      const known = await relay.database.rows(
        countRow,
        'select count(*)::integer as count from relay.hook where connection = $1',
        [account.id],
      );
      expect(known).toEqual([{ count: 1000 }]);
    });
  });

  describe('Unsubscribing a hook', () => {
    it('answers 204, also when the hook is gone or never existed', async () => {
      const id = await relay.subscribe(account, TARGET);
      for (const gone of [id, id, '00000000-0000-4000-8000-000000000000', 'anything']) {
        const { status, body } = await relay.request('DELETE', `/v1/hooks/${gone}`, {
          as: account,
        });
        expect([status, body]).toEqual([204, '']);
      }
      expect(await hooksOf(account)).toEqual({ data: [] });
    });

    it('does not affect a hook of another connection', async () => {
      const id = await relay.subscribe(account, TARGET);
      expect((await relay.request('DELETE', `/v1/hooks/${id}`, { as: anAccount() })).status).toBe(
        204,
      );
      expect(await hooksOf(account)).toEqual({ data: [expect.objectContaining({ id })] });
    });
  });

  describe('An invalid hook', () => {
    it.each([
      ['an unknown event', { event: 'task.started' }, 'event: '],
      ['no URL', { target_url: undefined }, 'target_url: '],
      ['an operation of 101 letters', { operations: ['x'.repeat(101)] }, 'operations 0: '],
      ['a reference of 1,001 letters', { reference: 'r'.repeat(1001) }, 'reference: '],
      [
        'a host that is not on the list',
        { target_url: 'https://example.com/' },
        'target_url: This relay does not call that host.',
      ],
      [
        'a URL with a character that cannot be stored',
        { target_url: `${TARGET}\0` },
        'target_url: ',
      ],
      [
        'a URL that is too long once it is encoded',
        {
          target_url: `${TARGET}?${Array.from({ length: 700 }, (_, n) => String.fromCodePoint(0x4e00 + n * 29)).join('')}`,
        },
        'target_url: It is not a URL of at most 2,000 characters.',
      ],
      [
        'an address in a private network',
        { target_url: 'http://10.0.0.1/' },
        'target_url: This relay does not call that host.',
      ],
    ])('%s is refused with a message', async (_what, options, words) => {
      expect(await subscribe(options)).toMatchObject({
        status: 400,
        body: { error: { message: expect.stringContaining(words) } },
      });
      expect(await hooksOf(account)).toEqual({ data: [] });
    });

    it.each(['{"event"', '[]', '"text"', 'null'])(
      'the body %s is refused with a message',
      async (body) => {
        const answer = await relay.request('POST', '/v1/hooks', { as: account, body });
        expect(answer).toMatchObject({
          status: 400,
          body: { error: { code: 'invalid', message: expect.stringMatching(/\w/) } },
        });
        expect(JSON.stringify(answer.body)).not.toMatch(/stack|SyntaxError|node_modules/);
      },
    );
  });
});
