import { OPERATIONS, type Operation, runsModel } from '../../midjourney/operations.ts';
import { DEFAULT_VERSION } from '../../midjourney/parameter_values.ts';
import { isForVersion } from '../../midjourney/version_rules.ts';
import { definition } from '../support/definition.ts';
import { callsOf, EACH_SERVICE } from '../support/each_service.ts';
import { inputsOf } from '../support/parents.ts';
import { quietConsole } from '../support/quiet.ts';
import { refusalOf } from '../support/refusal.ts';
import { choiceValues, shownFieldsOf } from '../support/shown_fields.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

quietConsole();

/** Whether any service has this field for this operation, so that it depends on the service. */
const isKnown = (operation: Operation, field: string): boolean =>
  EACH_SERVICE.some(({ service }) => service.operations[operation]?.fields.includes(field));

/** A valid value for each field that some service does not accept. */
const VALUES: Readonly<Record<string, unknown>> = {
  areas: ['25, 10, 50, 30'],
  aspect_ratio: '3:2',
  bot_id: 2,
  index: '2',
  process_mode: 'fast',
  prompt: 'blue fox',
  scale: 2,
  service_mode: 'public',
  skip_prompt_check: true,
  type: 'subtle',
};

const ID = 'c0d39b5a-345c-4448-a7bf-5c299c38a06a';
const INPUTS = inputsOf({ grid: ID, single: ID }, 'https://a.example/1.png', 'piapi_unified');

describe.each(EACH_SERVICE)('on $key', ({ key, service, offered, missing }) => {
  let worlds: Worlds;
  beforeAll(async () => {
    worlds = await startWorlds({ service: key });
  });
  afterAll(() => worlds.stop());

  const fieldsOf = (step: string) => shownFieldsOf(worlds.account, 'creates', step);

  test.each(offered)(
    '%s shows the fields that the service accepts and hides the others',
    async (operation) => {
      const capability = service.operations[operation];
      const { fields, notices } = await fieldsOf(operation);
      const all = definition.creates[operation]?.operation.inputFields ?? [];
      const expected = all.filter(({ key: field }) => {
        if (field === 'wait_for_result') {
          return capability?.reports !== 'nothing';
        }
        if (field === 'notify_progress') {
          return capability?.reports.startsWith('progress');
        }
        return (
          isForVersion(field, DEFAULT_VERSION) &&
          (!isKnown(operation, field) || capability?.fields.includes(field))
        );
      });

      expect(fields.map(({ key: field }) => field)).toEqual(
        expected.map(({ key: field }) => field),
      );
      const ends = service.endingMidjourney !== undefined && !runsModel(operation);
      expect(
        notices.map(
          (one) =>
            /^\*\*Upscale first|sends no webhook|says of its Midjourney|keeps results for/.exec(
              one ?? '',
            )?.[0],
        ),
      ).toEqual([
        ...(ends ? ['says of its Midjourney'] : []),
        ...(service.keeps.isShort ? ['keeps results for'] : []),
        ...(capability?.reports === 'nothing' ? ['sends no webhook'] : []),
        ...(['pan', 'outpaint', 'inpaint'].includes(operation) ? ['**Upscale first'] : []),
      ]);
    },
  );

  const narrowed = offered.flatMap((operation) =>
    Object.entries(service.operations[operation]?.choices ?? {}).map(
      ([field, allowed]) => [operation, field, allowed] as const,
    ),
  );

  if (narrowed.length > 0) {
    test.each(narrowed)('%s offers in %s only %j', async (operation, field, allowed) => {
      const { fields } = await fieldsOf(operation);
      const { choices } = fields.find((one) => one.key === field) ?? {};
      // While no parent is chosen, a dropdown offers all that the service takes.
      const dropdown = async () => {
        const { results } = await worlds.account.choices('creates', operation, field);
        return results.map(({ id }) => String(id));
      };

      expect(Array.isArray(choices) ? choiceValues(choices) : await dropdown()).toEqual(allowed);
    });
  }

  if (missing.length > 0) {
    test.each(missing)(
      '%s shows one notice that it is not offered, with the connection to choose, and no fields',
      async (operation) => {
        const { fields, notices } = await fieldsOf(operation);

        expect(fields).toEqual([]);

        expect(notices).toEqual([
          expect.stringContaining(
            `${service.name} does not offer ${OPERATIONS[operation].label}. Choose a connection to `,
          ),
        ]);
      },
    );
  }

  const unsupported = offered.flatMap((operation) =>
    (definition.creates[operation]?.operation.inputFields ?? [])
      .filter(
        ({ key: field }) =>
          isKnown(operation, field) && !service.operations[operation]?.fields.includes(field),
      )
      .map(({ key: field, label }) => [operation, label, field] as const),
  );

  test.each(unsupported)(
    '%s with a value for the hidden field %s is refused before any call',
    async (operation, label, field) => {
      expect(VALUES[field]).toBeDefined();
      const calls = await callsOf(worlds, async () => {
        const { kind, shown } = await refusalOf(
          worlds.account.create(operation, { ...INPUTS[operation], [field]: VALUES[field] }),
        );
        expect(kind).toBe('HaltedError');
        expect(shown).toContain(
          `${label}: ${service.label} does not take this here. Leave it empty.\nNothing was started.`,
        );
      });

      expect(calls).toEqual([]);
    },
  );

  const silent = offered.filter(
    (operation) => service.operations[operation]?.reports === 'nothing',
  );

  if (silent.length > 0) {
    test.each(silent)(
      '%s, for which no webhook is sent, refuses to wait, before any call',
      async (operation) => {
        const calls = await callsOf(worlds, async () => {
          const { shown } = await refusalOf(
            worlds.account.create(operation, { ...INPUTS[operation], wait_for_result: true }),
          );
          expect(shown).toMatch(/^Wait for Result: .+ sends no webhook .+Find Task/);
        });

        expect(calls).toEqual([]);
      },
    );
  }

  test('Cancel Task shows a notice where tasks cannot be canceled', async () => {
    const { notices } = await fieldsOf('cancel_task');

    expect(notices).toEqual(
      service.cancelRequest ? [] : [expect.stringContaining('cannot cancel tasks')],
    );
  });
});

test.each(EACH_SERVICE)(
  'a mask is required on $key where it is the only way',
  async ({ key, service }) => {
    const worlds = await startWorlds({ service: key });
    const { fields } = await shownFieldsOf(worlds.account, 'creates', 'inpaint');
    const { shown } = await refusalOf(
      worlds.account.create('inpaint', { ...INPUTS.inpaint, mask: '' }),
    );
    await worlds.stop();
    const takesAreas = service.operations.inpaint?.fields.includes('areas') === true;

    expect(fields.find((one) => one.key === 'mask')?.required).toBe(!takesAreas);
    expect(shown).toContain(
      takesAreas
        ? 'Mask or Areas: Fill in one of the two.'
        : 'Mask: Choose a file, or enter a public link to the mask',
    );
  },
);

describe('a value that only some services have', () => {
  test.each([
    ['legnext', 'upscale', { index: '2x' }, 'Upscale: LegNext takes one of: 1, 2, 3, 4, all.'],
    [
      'legnext',
      'variation',
      { index: 'low_variation' },
      'Variation: LegNext takes one of: 1, 2, 3, 4.',
    ],
    [
      'legnext',
      'outpaint',
      { zoom_ratio: '1' },
      'Zoom Ratio: LegNext takes one of: 1.5, 2, or a number from 1.1 to 2.',
    ],
    ['piapi_v2', 'outpaint', { zoom_ratio: '1.25' }, 'Zoom Ratio: PiAPI takes one of: 1.5, 2, 1.'],
    [
      'legnext',
      'variation',
      { aspect_ratio: '3:2' },
      'Aspect Ratio: LegNext takes it only together',
    ],
  ] as const)('is refused by %s in %s: %j', async (key, operation, more, sentence) => {
    const worlds = await startWorlds({ service: key });
    const { shown } = await refusalOf(
      worlds.account.create(operation, { ...INPUTS[operation], ...more }),
    );
    const { requests } = worlds.service;
    await worlds.stop();

    expect(shown).toContain(sentence);
    expect(requests).toEqual([]);
  });
});

test('a box left empty, and a wish for progress, are nothing that a service could refuse', async () => {
  const worlds = await startWorlds({ service: 'legnext' });
  const { output } = await worlds.account.create('imagine', {
    prompt: 'red fox',
    skip_prompt_check: 'no',
    notify_progress: 'yes',
  });
  await worlds.stop();

  expect(output.status).toBe('pending');
});
