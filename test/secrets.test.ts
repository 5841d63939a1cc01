import { callbackSecret, managementToken } from '../delivery/secret.ts';
import { SANDBOX_KEY } from '../sandbox/piapi/piapi.ts';
import { startWorlds, type Worlds } from './support/worlds.ts';

const SECRETS = [SANDBOX_KEY, managementToken(SANDBOX_KEY), callbackSecret(SANDBOX_KEY)];

let worlds: Worlds;
/** Everything that a user or a log could show, as text. */
const shown: string[] = [];
const note = (value: unknown): void => {
  shown.push(
    value instanceof Error ? `${value.message} ${JSON.stringify(value)}` : JSON.stringify(value),
  );
};

beforeAll(async () => {
  for (const method of ['log', 'error'] as const) {
    jest.spyOn(console, method).mockImplementation((...said) => note(said));
  }
  worlds = await startWorlds();
  const { account, piapi } = worlds;
  const zaps = [
    await worlds.listen('task_finished'),
    await worlds.listen('task_finished'),
    await worlds.listen('task_progress'),
  ];
  note(await account.test());
  note(await account.label());
  for (const prompt of ['red fox', 'blood', '']) {
    note(
      await account.create('imagine', { prompt }).then(
        ({ output }) => output,
        (error: unknown) => error,
      ),
    );
  }
  await worlds.settled();
  note(await account.samples('task_finished'));
  for (const refuse of [
    { status: 400, body: { message: `${SANDBOX_KEY} may not use ${callbackSecret(SANDBOX_KEY)}` } },
    { status: 401, body: {} },
    { status: 500, body: 'oops' },
  ]) {
    piapi.settings.refuse = refuse;
    note(await account.create('imagine', { prompt: 'red fox' }).catch((error: unknown) => error));
  }
  worlds.zapier.cache.behaviour = 'fails';
  note(await account.create('imagine', { prompt: 'red fox' }).catch((error: unknown) => error));
  worlds.zapier.cache.behaviour = 'works';
  const [first] = zaps;
  await fetch(first?.targetUrl ?? '', {
    method: 'POST',
    headers: {
      'x-webhook-secret': callbackSecret(SANDBOX_KEY),
      'content-type': 'application/json',
    },
    body: 'not JSON',
  });
  await worlds.settled();
  for (const zap of zaps) {
    note([zap.runs, zap.failures, zap.subscribeData]);
    await zap.switchOff();
  }
  await worlds.zapier.settled();
}, 60_000);
afterAll(() => worlds.stop());

test('the sandbox kept a log of calls to the service and to hooks', () => {
  const messages = worlds.zapier.logs.map(({ message }) => message).join('\n');

  expect(messages).toContain('/mj/v2/imagine');
  expect(messages).toContain('/hooks/standard/');
  expect(messages).toContain('not JSON');
});

test('the service did receive the key, and the hooks the secret', () => {
  expect(JSON.stringify(worlds.piapi.requests)).toContain(SANDBOX_KEY);
  expect(JSON.stringify(worlds.piapi.requests)).toContain(callbackSecret(SANDBOX_KEY));
});

test.each(
  SECRETS.map((secret, index) => [
    ['the key', 'the management token', 'the callback secret'][index],
    secret,
  ]),
)('no log line holds %s', (_, secret) => {
  expect(worlds.zapier.logs.length).toBeGreaterThan(10);
  expect(
    worlds.zapier.logs.filter((line) => JSON.stringify(line).includes(String(secret))),
  ).toEqual([]);
});

test.each(
  SECRETS.map((secret, index) => [
    ['the key', 'the management token', 'the callback secret'][index],
    secret,
  ]),
)('no output and no error holds %s', (_, secret) => {
  expect(shown.length).toBeGreaterThan(10);
  expect(shown.filter((text) => text.includes(String(secret)))).toEqual([]);
});
