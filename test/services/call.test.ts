import fc from 'fast-check';
import { call, isOutcomeUnknown } from '../../services/call.ts';
import { readConnection } from '../../services/connection.ts';
import { escapeCurlies } from '../../services/curlies.ts';
import { holds } from '../support/holds.ts';
import { answering, thrownBy, zOf } from '../support/z.ts';

const start = {
  method: 'POST',
  path: '/mj/v2/imagine',
  body: { prompt: 'a {{bundle.x}} fox' },
} as const;
const account = { method: 'GET', path: '/account/info' } as const;

async function world(reply: () => number | Error = () => 200) {
  const z = await zOf();
  const connection = readConnection(z, { api_key: 'key-1', base_url: 'https://proxy.example/p/' });
  return { z, connection, sent: answering(z, reply) };
}

const networkError = (code?: string) =>
  Object.assign(new Error('request failed'), { name: 'FetchError', ...(code && { code }) });

describe('escapeCurlies', () => {
  test('any JSON keeps its meaning and no longer contains {{', () => {
    const braces = fc.string({ unit: fc.constantFrom('{', '}', '\\', '"', 'a', ' ') });
    const value = fc.oneof(fc.jsonValue(), fc.dictionary(braces, braces), fc.array(braces));
    holds(
      fc.property(value, fc.constantFrom(0, 2), (json, indent) => {
        const text = JSON.stringify(json, null, indent);
        const escaped = escapeCurlies(text);
        expect(escaped).not.toContain('{{');
        expect(JSON.parse(escaped)).toEqual(JSON.parse(text));
      }),
      500,
    );
  });
});

describe('call', () => {
  test('sends one request to the base URL, with a body that core accepts', async () => {
    const { z, connection, sent } = await world();
    await call(z, connection, start, { startsTask: true });
    expect(sent).toEqual([
      {
        url: 'https://proxy.example/p/mj/v2/imagine',
        method: 'POST',
        body: String.raw`{"prompt":"a {\u007bbundle.x}} fox"}`,
        headers: { 'content-type': 'application/json' },
        timeout: expect.any(Number),
        middlewareData: { startsTask: true },
      },
    ]);
    // Zapier ends the step after 30 s, and then no error could be reported.
    expect(sent[0]?.timeout).toBeLessThan(25_000);
  });

  test('has only the time that is left of the step', async () => {
    const { z, connection, sent } = await world();
    await call(z, connection, account, { end: Date.now() + 5_000 });
    await call(z, connection, account, { end: 0 });
    expect(sent[0]?.timeout).toBeLessThanOrEqual(5_000);
    expect(sent[1]?.timeout).toBe(1);
  });

  test.each([
    ['is up', -60_000],
    ['is all but up, so that its answer would be lost', 2_000],
  ])('starts no task once the time of the step %s', async (_, left) => {
    const { z, connection, sent } = await world();
    const end = Date.now() + left;
    const error = await thrownBy(() => call(z, connection, start, { startsTask: true, end }));
    expect(error.message).toContain('no time left to start this task. Nothing was started.');
    expect(isOutcomeUnknown(error)).toBe(false);
    expect(sent).toEqual([]);
  });

  describe('of a service that knows a create by its key', () => {
    const lasting = async (reply: (earlier: number) => number | Error) => {
      const z = await zOf();
      const connection = readConnection(z, { api_key: 'key-1', service: 'apiframe' });
      return { z, connection, sent: answering(z, (_, earlier) => reply(earlier)) };
    };
    const keyOf = ({ headers = {} }: { headers?: Record<string, string> }) =>
      headers['Idempotency-Key'];

    test.each([
      ['is cut off', networkError('ECONNRESET')],
      ['never comes', networkError()],
    ])('a create whose answer %s is sent again with the same key', async (_, lost) => {
      const { z, connection, sent } = await lasting((earlier) => (earlier === 0 ? lost : 200));
      await call(z, connection, start, { startsTask: true });

      expect(sent).toHaveLength(2);
      expect(keyOf(sent[0] ?? {})).toMatch(/^[\w-]{36}$/);
      expect(keyOf(sent[1] ?? {})).toBe(keyOf(sent[0] ?? {}));
      expect(sent.map(({ middlewareData }) => middlewareData?.again)).toEqual([undefined, true]);
    });

    test('a create has a key of its own, and a read has none', async () => {
      const { z, connection, sent } = await lasting(() => 200);
      await call(z, connection, start, { startsTask: true });
      await call(z, connection, start, { startsTask: true });
      await call(z, connection, account);

      expect(new Set(sent.map(keyOf)).size).toBe(3);
      expect(sent[2]?.headers).toEqual({});
    });

    test('when the second answer is lost as well, a task may run', async () => {
      const { z, connection, sent } = await lasting(() => networkError('ECONNRESET'));
      const error = await thrownBy(() => call(z, connection, start, { startsTask: true }));

      expect(isOutcomeUnknown(error)).toBe(true);
      expect(sent).toHaveLength(2);
    });

    test('a second sending that was never heard says nothing about the first', async () => {
      const { z, connection } = await lasting((earlier) =>
        networkError(earlier === 0 ? 'ECONNRESET' : 'ECONNREFUSED'),
      );
      const error = await thrownBy(() => call(z, connection, start, { startsTask: true }));

      expect(isOutcomeUnknown(error)).toBe(true);
    });

    test('it is not sent again when its answer could not come in time', async () => {
      let now = 1_000_000;
      jest.spyOn(Date, 'now').mockImplementation(() => now);
      const { z, connection, sent } = await lasting(() => {
        now += 20_000;
        return networkError('ECONNRESET');
      });
      const options = { startsTask: true, end: now + 22_000 };
      const error = await thrownBy(() => call(z, connection, start, options));
      jest.restoreAllMocks();

      expect(isOutcomeUnknown(error)).toBe(true);
      expect(sent).toHaveLength(1);
    });

    test('what was never heard is not sent again', async () => {
      const { z, connection, sent } = await lasting(() => networkError('ECONNREFUSED'));
      const error = await thrownBy(() => call(z, connection, start, { startsTask: true }));

      expect(error.message).toContain('Nothing was started.');
      expect(sent).toHaveLength(1);
    });
  });

  test('a GET has no body', async () => {
    const { z, connection, sent } = await world();
    await call(z, connection, account);
    expect(sent[0]).not.toHaveProperty('body');
  });

  test.each([['ECONNREFUSED'], ['ENOTFOUND'], ['EAI_AGAIN'], ['EHOSTUNREACH'], ['ENETUNREACH']])(
    'after %s the error says that nothing was started',
    async (code) => {
      const { z, connection } = await world(() => networkError(code));
      const error = await thrownBy(() => call(z, connection, start, { startsTask: true }));
      expect(error.message).toContain('PiAPI could not be reached at proxy.example.');
      expect(error.message).toContain('Nothing was started.');
    },
  );

  test.each([['ECONNRESET'], ['EPIPE'], [undefined]])(
    'after %s the error says that a task may have been started',
    async (code) => {
      const { z, connection } = await world(() => networkError(code));
      const error = await thrownBy(() => call(z, connection, start, { startsTask: true }));
      expect(error.message).toContain('did not say whether the task was started');
      expect(error.message).not.toContain('Nothing was started');
    },
  );

  test('the error of a read without an answer does not mention starting a task', async () => {
    const { z, connection } = await world(() => networkError('ECONNRESET'));
    const error = await thrownBy(() => call(z, connection, account));
    expect(error.message).toContain('could not be reached');
    expect(error.message).not.toContain('started');
  });

  test('an error of the middleware is thrown unchanged', async () => {
    const { z, connection } = await world();
    const thrown = new z.errors.HaltedError('PiAPI refused this step.');
    answering(z, () => thrown);
    await expect(call(z, connection, start, { startsTask: true })).rejects.toBe(thrown);
  });
});
