import * as zod from 'zod';
import { onEachEngine } from '../support/engines.ts';
import { aParty, type Party, startTestRelay, type TestRelay } from '../support/relay.ts';

const TARGET = 'http://127.0.0.1:9/hooks/zap-1';

const countRow = zod.object({ count: zod.number() });

onEachEngine((engine) => {
  let relay: TestRelay;
  let party: Party;

  beforeAll(async () => {
    relay = await startTestRelay(engine);
  });

  beforeEach(() => {
    party = aParty();
  });

  afterAll(async () => {
    await relay.stop();
  });

  const subscribe = (wish: Record<string, unknown> = {}, as = party) =>
    relay.ask('POST', '/v1/hooks', {
      as,
      body: { event: 'task.finished', target_url: TARGET, ...wish },
    });

  const hooksOf = async (as: Party) => (await relay.ask('GET', '/v1/hooks', { as })).body;

  describe('Subscribing', () => {
    it('enters a hook and says what it is', async () => {
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
      expect(await hooksOf(party)).toEqual({ data: [body] });
    });

    it('the same event and URL again is the same hook with the filters given last', async () => {
      const first = await subscribe({ reference: 'row 1' });
      const second = await subscribe({ reference: 'row 2' });
      expect(second.status).toBe(200);
      expect(second.body).toEqual({ ...Object(first.body), reference: 'row 2' });
      expect(await hooksOf(party)).toEqual({ data: [second.body] });
    });

    it('another event, another URL or another connection is another hook', async () => {
      const other = aParty();
      const answers = [
        await subscribe(),
        await subscribe({ event: 'task.progress' }),
        await subscribe({ target_url: `${TARGET}-other` }),
        await subscribe({}, other),
      ];
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
      expect(await hooksOf(party)).toEqual({ data: answers.slice(0, 3).map(({ body }) => body) });
      expect(await hooksOf(other)).toEqual({ data: answers.slice(3).map(({ body }) => body) });
    });

    it('twice at once is one hook', async () => {
      const answers = await Promise.all(Array.from({ length: 6 }, () => subscribe()));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201]);
      expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    });

    it('takes letters that PostgreSQL cannot keep as callbacks are taken with them', async () => {
      const answer = await subscribe({ operations: ['up\0scale'], reference: 'row\0 \ud800' });
      expect(answer).toMatchObject({
        status: 201,
        body: { operations: ['upscale'], reference: 'row \ufffd' },
      });
    });

    it('has an end at 1,000 hooks', async () => {
      await relay.database.run(
        `insert into relay.hook (connection, event, target_url)
         select $1, 'task.finished', 'https://hooks.zapier.com/' || n from generate_series(1, 1000) n`,
        [party.id],
      );
      expect(await subscribe()).toMatchObject({ status: 409, body: { error: { code: 'full' } } });
      expect(await subscribe({ target_url: 'http://127.0.0.1:9/x' })).toMatchObject({
        status: 409,
      });
      const known = await relay.database.rows(
        countRow,
        'select count(*)::integer as count from relay.hook where connection = $1',
        [party.id],
      );
      expect(known).toEqual([{ count: 1000 }]);
    });
  });

  describe('Ending a hook', () => {
    it('answers 204, also when it is gone or never was', async () => {
      const id = await relay.subscribe(party, TARGET);
      for (const gone of [id, id, '00000000-0000-4000-8000-000000000000', 'anything']) {
        const { status, body } = await relay.ask('DELETE', `/v1/hooks/${gone}`, { as: party });
        expect([status, body]).toEqual([204, '']);
      }
      expect(await hooksOf(party)).toEqual({ data: [] });
    });

    it('does nothing to a hook of somebody else', async () => {
      const id = await relay.subscribe(party, TARGET);
      expect((await relay.ask('DELETE', `/v1/hooks/${id}`, { as: aParty() })).status).toBe(204);
      expect(await hooksOf(party)).toEqual({ data: [expect.objectContaining({ id })] });
    });
  });

  describe('What cannot be a hook', () => {
    it.each([
      ['an event that there is not', { event: 'task.started' }, 'event: '],
      ['no URL', { target_url: undefined }, 'target_url: '],
      ['an operation without a name', { operations: [''] }, 'operations 0: '],
      ['a reference of 1,001 letters', { reference: 'r'.repeat(1001) }, 'reference: '],
      [
        'a host that is not on the list',
        { target_url: 'https://example.com/' },
        'target_url: This relay does not call that host.',
      ],
      ['a URL with a letter that cannot be kept', { target_url: `${TARGET}\0` }, 'target_url: '],
      [
        'a URL that gets too long as it is sent',
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
    ])('%s is refused in words', async (_what, wish, words) => {
      expect(await subscribe(wish)).toMatchObject({
        status: 400,
        body: { error: { message: expect.stringContaining(words) } },
      });
      expect(await hooksOf(party)).toEqual({ data: [] });
    });

    it.each(['{"event"', '[]', '"text"', 'null'])(
      'the body %s is refused in words',
      async (body) => {
        const answer = await relay.ask('POST', '/v1/hooks', { as: party, body });
        expect(answer).toMatchObject({
          status: 400,
          body: { error: { code: 'invalid', message: expect.stringMatching(/\w/) } },
        });
        expect(JSON.stringify(answer.body)).not.toMatch(/stack|SyntaxError|node_modules/);
      },
    );
  });
});
