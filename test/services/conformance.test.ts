import { OPERATIONS, runsModel } from '../../midjourney/operations.ts';
import { OUTPUT_FIELDS } from '../../output/output_fields.ts';
import { SANDBOX_KEY } from '../../sandbox/piapi/piapi.ts';
import { SERVICE_KEYS } from '../../sandbox/start_service.ts';
import { SERVICES } from '../../services/services.ts';
import { asStepGives, callsOf, EACH_SERVICE, oddKeys } from '../support/each_service.ts';
import type { HttpServer } from '../support/http_server.ts';
import { keyPaths } from '../support/key_paths.ts';
import {
  finishedParents,
  inputsOf,
  type Parents,
  startPictures,
  withFilm,
} from '../support/parents.ts';
import { quickPauses } from '../support/quick_pauses.ts';
import { quietConsole } from '../support/quiet.ts';
import { refusalOf } from '../support/refusal.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';
import { wrongTypes } from '../support/wrong_types.ts';

/**
 * What every service must do, according to its own capabilities. The suite continues in
 * conformance_searches, conformance_delivery and conformance_failures.
 */
quietConsole();
quickPauses();

test('every service that a connection can choose has a sandbox, and there are no others', () => {
  expect([...SERVICE_KEYS].sort()).toEqual(SERVICES.map(({ key }) => key).sort());
});

describe.each(EACH_SERVICE)('$key', ({ key, service, offered, missing, reported }) => {
  let worlds: Worlds;
  let pictures: HttpServer;
  let parents: Parents;

  beforeAll(async () => {
    worlds = await startWorlds({ service: key, webhooksOnEveryChange: true });
    for (const account of Object.values(worlds.service.settings.accounts)) {
      account.plan = 'host';
    }
    pictures = await startPictures();
    parents = await finishedParents(worlds);
    if (service.operations.extend_video) {
      parents = await withFilm(parents, worlds);
    }
  });
  afterAll(async () => {
    await pictures.stop();
    await worlds.stop();
  });

  const inputOf = (operation: keyof typeof OPERATIONS) =>
    inputsOf(parents, pictures.url, key)[operation];

  test('connects with one free call, and its label does not show the key', async () => {
    const { account } = worlds;
    const { method, path } = service.accountRequest();
    const calls = await callsOf(worlds, async () => {
      const label = await account.label();
      expect(label).not.toContain(SANDBOX_KEY);
      expect(label).toMatch(/\S/);
      expect(label).not.toBe('Account');
    });

    expect(calls).toEqual([
      `${method} ${new URL(worlds.service.connection.base_url + path).pathname}`,
    ]);
    expect(worlds.service.creates.map(({ path: one }) => one)).not.toContain(path);
    expect(JSON.stringify(await account.test())).not.toContain(SANDBOX_KEY);
  });

  test.each(offered)(
    '%s starts its task with one call, after a look at the parent where that is needed, and the task succeeds',
    async (operation) => {
      const started = worlds.service.creates.length;
      const run = () =>
        worlds.account.create(operation, { ...inputOf(operation), reference: 'row-7' });
      let output: Record<string, unknown> = {};
      const calls = await callsOf(worlds, async () => {
        output = (await run()).output;
      });
      await worlds.settled();
      const [found] = await worlds.account.search('find_task', { task_id: output.task_id });

      expect(calls.map((one) => one.split(' ')[0])).toEqual([
        ...(service.fromParent?.[operation] ? ['GET'] : []),
        'POST',
      ]);
      expect(worlds.service.creates).toHaveLength(started + 1);
      expect(output).toMatchObject({
        operation,
        service: key,
        status: 'pending',
        reference: 'row-7',
      });
      expect(found).toMatchObject({ operation, service: key, status: 'finished', succeeded: true });
      expect(oddKeys(output, operation)).toEqual([]);
      expect(oddKeys(found)).toEqual([]);
    },
  );

  test.each(reported)(
    'the output of %s is the same in the trigger, the search and the waiting step',
    async (operation) => {
      const zap = await worlds.listen('task_finished', { operations: [operation] });
      const step = await worlds.account.create(operation, {
        ...inputOf(operation),
        reference: 'row-7',
        wait_for_result: true,
      });
      const waited = await step.resumed();
      await worlds.settled();
      const [searched] = await worlds.account.search('find_task', { task_id: waited.task_id });
      const found = asStepGives(operation, searched);
      const triggered = asStepGives(operation, zap.runs[0]);
      await zap.switchOff();

      expect(step.callbackPosts).toBe(1);
      expect(zap.runs).toHaveLength(1);
      expect(waited).toMatchObject({
        task_id: step.output.task_id,
        succeeded: true,
        reference: 'row-7',
      });
      expect(oddKeys(waited, operation)).toEqual([]);
      for (const output of [step.output, waited, searched, zap.runs[0]]) {
        expect(wrongTypes(output, OUTPUT_FIELDS)).toEqual([]);
      }
      // Only the output of another model has additional keys.
      expect(keyPaths(waited).some((path) => path.startsWith('output__'))).toBe(
        runsModel(operation),
      );
      // A list that has items in one has items in the others, so that mapped fields stay valid.
      expect(keyPaths(waited).sort()).toEqual(keyPaths(found).sort());
      expect(keyPaths(waited).sort()).toEqual(keyPaths(triggered).sort());
      // File pointers are signed again each time.
      // Some webhooks do not say when the task was created.
      const compared = (output: unknown) =>
        Object.entries(Object(output)).filter(
          ([name]) =>
            (key !== 'apiframe' || name !== 'created_at') &&
            !/^(reference|prompt|image(_\d)?|thumbnail_markdown|images|videos?|video_\d|audio)$/.test(
              name,
            ),
        );
      // The step knows its prompt, even if the service does not return it.
      expect(waited.prompt || step.output.prompt).toBe(waited.prompt);
      expect(compared(triggered)).toEqual(compared(waited));
      expect(compared(found)).toEqual(compared(waited));
    },
  );

  if (missing.length > 0) {
    test.each(missing)(
      '%s, which the service does not offer, is refused with a clear error before any call',
      async (operation) => {
        const calls = await callsOf(worlds, async () => {
          const { kind, shown } = await refusalOf(
            worlds.account.create(operation, inputOf(operation)),
          );
          expect(kind).toBe('HaltedError');
          expect(shown).toContain(
            `${service.name} does not offer ${OPERATIONS[operation].label}. Choose a connection to `,
          );
          expect(shown).toContain('Nothing was started.');
        });

        expect(calls).toEqual([]);
      },
    );
  }

  test('upscaling all four makes four calls, and the waiting step gets all four results', async () => {
    const zap = await worlds.listen('task_finished', { operations: ['upscale'] });
    const started = worlds.service.creates.length;
    const step = await worlds.account.create('upscale', {
      origin_task_id: parents.grid,
      index: 'all',
      wait_for_result: true,
    });
    const waited = await step.resumed();
    await worlds.settled();
    await zap.switchOff();

    expect(worlds.service.creates).toHaveLength(started + 4);
    expect(waited).toMatchObject({ status: 'finished', succeeded: true });
    expect(waited.images).toMatchObject([
      { number: 1 },
      { number: 2 },
      { number: 3 },
      { number: 4 },
    ]);
    expect(step.callbackPosts).toBe(1);
    expect(zap.runs).toHaveLength(4);
  });
});
