import { failureOf } from '../../midjourney/failure.ts';
import type { ServiceKey } from '../../sandbox/start_service.ts';
import { callsOf, EACH_SERVICE } from '../support/each_service.ts';
import { finishedParents } from '../support/parents.ts';
import { quietConsole } from '../support/quiet.ts';
import { refusalOf } from '../support/refusal.ts';
import { until } from '../support/until.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

quietConsole();

/** How each words that a prompt may not be painted. */
const DENIED: Readonly<Record<ServiceKey, string>> = {
  piapi_v2: 'Banned Prompt: blood',
  piapi_unified: 'Banned Prompt: blood',
  legnext: 'Banned Prompt: blood',
  apiframe: 'Image denied by the image filters',
};

describe.each(EACH_SERVICE)('$key', ({ key, service }) => {
  let worlds: Worlds;

  beforeEach(async () => {
    worlds = await startWorlds({ service: key, webhooksOnEveryChange: true });
  });
  afterEach(() => worlds.stop());

  const imagine = (more: Record<string, unknown> = {}) =>
    worlds.account.create('imagine', { prompt: 'red fox', ...more });

  test('a banned prompt ends as failed, with its kind of error, in trigger, search and step', async () => {
    const zap = await worlds.listen('task_finished');
    const step = await imagine({ prompt: 'a knight covered in blood', wait_for_result: true });
    const refusal = await refusalOf(step.resumed());
    await worlds.settled();
    const reason = DENIED[key];
    const { kind, advice } = failureOf(reason);
    const expected = {
      ...{ status: 'failed', succeeded: false, image_url: '' },
      ...{ error_kind: kind, error_message: reason },
    };

    expect(zap.runs).toMatchObject([expected]);
    expect(
      await worlds.account.search('find_task', { task_id: step.output.task_id }),
    ).toMatchObject([expected]);
    expect(refusal.kind).toBe('HaltedError');
    expect(['banned_prompt', 'moderated']).toContain(kind);
    expect(refusal.shown).toBe(`Create Images (Imagine) failed: ${reason}. ${advice}`);
  });

  test.each([
    [400, 'derive from origin task: parent task is outdated', service.keeps.followUps],
    [402, 'insufficient credits', 'Top it up'],
    [403, 'this key may not do that', 'Look at the plan at the service.'],
    [422, 'prompt is not a string', 'Correct what it names'],
    [500, 'insufficient quota', 'Top it up'],
  ])(
    "a refusal with %i gives an error with the service's words, and nothing is started",
    async (status, words, advice) => {
      worlds.service.settings.refuse = worlds.service.refusal(words, status);
      const { kind, shown } = await refusalOf(imagine());

      expect(kind).toBe('HaltedError');
      expect(shown).toContain(
        `${service.label} refused this step. Nothing was started. ${service.label} says: ${words}. `,
      );
      expect(shown).toContain(advice);
      expect(worlds.service.taskIds()).toEqual([]);
    },
  );

  test('a follow-up on an unknown or too old task gives an error with the reason', async () => {
    const { grid } = await finishedParents(worlds);
    const upscale = (origin_task_id: string) =>
      worlds.account.create('upscale', { origin_task_id, index: '1' });
    const missing = await refusalOf(upscale('c0d39b5a-345c-4448-a7bf-000000000000'));
    worlds.service.settings.now = () => Date.now() + 4 * 24 * 3600 * 1000;
    worlds.service.settings.resultLifeSeconds = Number.MAX_SAFE_INTEGER;
    const old = await refusalOf(upscale(grid));

    expect(missing.kind).toBe('HaltedError');
    expect(missing.shown).toMatch(/parent task not found|Job not found/);
    expect(old.kind).toBe('HaltedError');
    expect(old.shown).toMatch(/parent task is outdated|not available for the parent job/);
  });

  test('the error for a wrong key says where to find the right one, when connecting and later', async () => {
    const stranger = worlds.zapier.connect({ ...worlds.service.connection, api_key: 'another' });
    const connecting = await refusalOf(stranger.test());
    const later = await refusalOf(stranger.create('imagine', { prompt: 'red fox' }));

    expect([connecting.kind, later.kind]).toEqual(['AppError', 'ExpiredAuthError']);
    for (const { shown } of [connecting, later]) {
      expect(shown).toContain(`${service.label} does not accept the API key.`);
      expect(shown).toContain(service.keyPage);
    }
  });

  test('after 429 Zapier runs the step again after the Retry-After of the service', async () => {
    const { status, body } = worlds.service.refusal('slow down', 429);
    worlds.service.settings.refuse = { status, body, retryAfter: '17' };

    expect(await refusalOf(imagine())).toMatchObject({
      kind: 'ThrottledError',
      delay: 17,
      shown: expect.stringContaining('Nothing was started.'),
    });
    expect(worlds.service.taskIds()).toEqual([]);
  });

  test('when the answer is lost the error says that a task may be running', async () => {
    worlds.service.settings.hang = true;
    const starting = refusalOf(imagine());
    await until('the create', () => worlds.service.taskIds().length === 1);
    // Closing the connection has the same effect as no answer, and is quicker.
    await worlds.service.stop();
    const { kind, shown } = await starting;

    expect(kind).toBe('AppError');
    expect(shown).toContain(`${service.label} did not say whether the task was started.`);
    expect(shown).toContain('or you may pay twice');
  });

  test.each([
    ['not JSON', 'OK'],
    ['an empty object', {}],
    ['a list', []],
    ['null', null],
  ])('when the answer is %s the error says what is known of the task', async (_, body) => {
    worlds.service.settings.refuse = { status: 200, body };
    const { shown } = await refusalOf(imagine());

    expect(shown).toContain('did not say whether the task was started');
    expect(shown).not.toMatch(/[{}<>]|undefined|null/);
  });

  test('when the service cannot be reached the error says that nothing was started', async () => {
    const { host } = new URL(worlds.service.url);
    await worlds.service.stop();

    expect(await refusalOf(imagine())).toMatchObject({
      kind: 'AppError',
      shown: expect.stringContaining(
        `${service.label} could not be reached at ${host}. Nothing was started.`,
      ),
    });
  });

  test('a base URL that is not the service gives an error when connecting', async () => {
    const elsewhere = worlds.zapier.connect({
      ...worlds.service.connection,
      base_url: `${worlds.service.url}/images`,
    });

    expect((await refusalOf(elsewhere.test())).shown).toContain(
      `${service.label} did not accept this connection (HTTP 404)`,
    );
  });

  test('bad input is refused before any call', async () => {
    const calls = await callsOf(worlds, async () => {
      for (const [step, input] of [
        ['imagine', { prompt: ' ' }],
        ['upscale', { origin_task_id: 'c0d39b5a-345c-4448-a7bf-5c299c38a06a', index: 7 }],
        ['blend', { image_urls: Array(6).fill('https://example.com/1.png') }],
      ] as const) {
        const { kind, shown } = await refusalOf(worlds.account.create(step, input));
        expect(kind).toBe('HaltedError');
        expect(shown).toMatch(/^(Prompt|Upscale|Images): .+\nNothing was started\.$/);
      }
    });

    expect(calls).toEqual([]);
  });
});
