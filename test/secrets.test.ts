import { callbackSecret, hookSecret, managementToken, stepSecret } from '../delivery/secret.ts';
import { SANDBOX_KEY } from '../sandbox/piapi/piapi.ts';
import { EACH_SERVICE } from './support/each_service.ts';
import { finishedParents } from './support/parents.ts';
import { quickPauses } from './support/quick_pauses.ts';
import { startWorlds, type Worlds } from './support/worlds.ts';

quickPauses();

const SECRET = callbackSecret(SANDBOX_KEY);

/** By the hook URLs of the Zaps that listen. */
const SECRETS: readonly [string, (hooks: readonly string[]) => readonly string[]][] = [
  ['the key', () => [SANDBOX_KEY]],
  ['the management token', () => [managementToken(SANDBOX_KEY)]],
  ['the callback secret', () => [SECRET]],
  ['the secret of a hook', (hooks) => hooks.map((url) => hookSecret(SANDBOX_KEY, url))],
  ['the secret of steps that wait', () => [stepSecret(SANDBOX_KEY)]],
];

describe.each(EACH_SERVICE)('$key', ({ key, reportsProgress }) => {
  let worlds: Worlds;
  let hooks: string[];
  /** The secret that a create without a callback was sent with last. */
  const sentSecret = (): string =>
    hooks
      .map((url) => hookSecret(SANDBOX_KEY, url))
      .find((secret) => JSON.stringify(worlds.service.creates.at(-1)).includes(secret)) ?? '';
  /** Everything that a user or a log could show, as text. */
  const shown: string[] = [];
  const note = (value: unknown): void => {
    const text = String(JSON.stringify(value));
    shown.push(value instanceof Error ? `${value.message} ${text}` : text);
  };
  const noteOutcome = (running: Promise<unknown>) => running.then(note, note);

  /** Starts tasks in all ways, and reads them in all ways. */
  async function work(): Promise<void> {
    const { account } = worlds;
    await noteOutcome(account.test());
    await noteOutcome(account.label());
    const { grid } = await finishedParents(worlds);
    for (const input of [
      { prompt: 'red fox' },
      { prompt: 'red fox', wait_for_result: true },
      { prompt: 'blood', wait_for_result: true },
      { prompt: '' },
    ]) {
      const step = await account.create('imagine', input).catch(note);
      note(step?.output);
      if (step?.status === 'waiting') {
        await noteOutcome(step.resumed());
      }
    }
    const all = await account.create('upscale', {
      origin_task_id: grid,
      index: 'all',
      wait_for_result: true,
    });
    await noteOutcome(all.resumed());
    await noteOutcome(
      account.create('imagine', { prompt: 'fox', wait_for_result: true }, { editor: true }),
    );
    await worlds.settled();
    await noteOutcome(account.search('find_task', { task_id: grid }));
    await noteOutcome(account.search('find_tasks', { task_ids: worlds.service.taskIds() }));
    await noteOutcome(account.samples('task_finished'));
    await noteOutcome(account.choices('creates', 'upscale', 'origin_task_id'));
    await noteOutcome(account.choices('creates', 'upscale', 'index', { origin_task_id: grid }));
    await noteOutcome(account.create('cancel_task', { task_id: grid }));
  }

  /** Makes the service refuse, with a message that quotes the request. */
  async function beRefused(): Promise<void> {
    const { account, service } = worlds;
    await noteOutcome(account.create('imagine', { prompt: 'red fox' }));
    const secret = sentSecret();
    expect(secret).not.toBe('');
    for (const refuse of [
      service.refusal(`${SANDBOX_KEY} may not use https://a.example/?secret=${secret}`),
      { status: 400, body: { message: `${SANDBOX_KEY} may not use ${secret}` } },
      { status: 401, body: {} },
      { status: 500, body: 'oops' },
    ]) {
      service.settings.refuse = refuse;
      await noteOutcome(account.create('imagine', { prompt: 'red fox' }));
    }
    service.settings.refuse = undefined;
    worlds.zapier.cache.behaviour = 'fails';
    await noteOutcome(account.create('imagine', { prompt: 'red fox' }));
    worlds.zapier.cache.behaviour = 'works';
  }

  beforeAll(async () => {
    for (const method of ['log', 'error'] as const) {
      jest.spyOn(console, method).mockImplementation((...said) => note(said));
    }
    worlds = await startWorlds({ service: key });
    const zaps = [
      await worlds.listen('task_finished'),
      await worlds.listen('task_finished'),
      ...(reportsProgress ? [await worlds.listen('task_progress')] : []),
    ];
    hooks = zaps.map(({ targetUrl }) => targetUrl);
    await work();
    await beRefused();
    const url = zaps[0]?.targetUrl ?? '';
    const post = (to: string, headers: Record<string, string>) =>
      fetch(to, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: 'not JSON',
      });
    await post(url, { 'x-webhook-secret': SECRET });
    await post(`${url}?secret=${SECRET}`, {});
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

    expect(messages).toContain(worlds.service.creates[0]?.path);
    expect(messages).toContain('/hooks/standard/');
    expect(messages.match(/not JSON/g)).toHaveLength(2);
  });

  test('the service did receive the key, and the hooks the secret', () => {
    const received = JSON.stringify(worlds.service.requests);

    expect(received).toContain(SANDBOX_KEY);
    expect(received).toContain(sentSecret());
    expect(worlds.service.webhooks.length).toBeGreaterThan(5);
  });

  test.each(SECRETS)('no log line holds %s', (_, secretsOf) => {
    expect(worlds.zapier.logs.length).toBeGreaterThan(10);
    const lines = worlds.zapier.logs.map((line) => JSON.stringify(line));
    for (const secret of secretsOf(hooks)) {
      expect(lines.filter((line) => line.includes(secret))).toEqual([]);
    }
  });

  test.each(SECRETS)('no output and no error holds %s', (_, secretsOf) => {
    expect(shown.length).toBeGreaterThan(10);
    for (const secret of secretsOf(hooks)) {
      expect(shown.filter((text) => text.includes(secret))).toEqual([]);
    }
  });
});
