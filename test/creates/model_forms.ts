import { childKey, formKey } from '../../fields/form_key.ts';
import { modelFields } from '../../fields/model_form.ts';
import { MODEL_OPTIONS } from '../../fields/model_options.ts';
import { kindMade, MODEL_OPERATIONS } from '../../midjourney/operations.ts';
import { taskTypeOf } from '../../services/models/find_entry.ts';
import type { ModelEntry, ModelField } from '../../services/models/model_entry.ts';
import { SERVICES } from '../../services/services.ts';
import { quietConsole } from '../support/quiet.ts';
import { refusalOf } from '../support/refusal.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

const ID = 'c0d39b5a-345c-4448-a7bf-5c299c38a06a';

type Input = Record<string, unknown>;

/** A value that the field takes, as text where people enter text. */
function goodValue({ key, type, choices, min, pattern, default: usual }: ModelField): unknown {
  if (choices) {
    return String(choices[0]);
  }
  if (/TaskId|_task_id|parentJobId|loraId/.test(key)) {
    return ID;
  }
  if (pattern) {
    return '16:9';
  }
  switch (type) {
    case 'integer':
    case 'number':
      return String(usual ?? Math.max(min ?? 1, 1));
    case 'boolean':
      return 'yes';
    case 'file':
      return 'https://files.example/fox.png';
    case 'points':
      return '120,80 300,200\n10,10 20,20';
    default:
      return 'red fox in fresh snow';
  }
}

const goodInput = (field: ModelField): unknown => {
  const { key, list, children, min_items = 1 } = field;
  if (children) {
    return [
      Object.fromEntries(children.map((child) => [childKey(key, child.key), goodValue(child)])),
    ];
  }
  return list ? Array.from({ length: min_items }, () => goodValue(field)) : goodValue(field);
};

const stepOf = ({ kind }: ModelEntry) =>
  MODEL_OPERATIONS.find((operation) => kindMade(operation) === kind) ?? 'run_task';

const filled = ({ model, task }: ModelEntry, fields: readonly ModelField[]): Input => ({
  model,
  task_type: task,
  ...Object.fromEntries(fields.map((field) => [formKey(field.key), goodInput(field)])),
});

/** No more than is needed. */
const least = (entry: ModelEntry): Input => {
  const either = (entry.either ?? []).flatMap(([first = '']) => first);
  return filled(
    entry,
    entry.fields.filter(
      ({ key, required, default: usual }) =>
        (required && usual === undefined) || either.includes(key),
    ),
  );
};

/** A value that the field refuses, where there is one. */
function badValue(field: ModelField): unknown {
  const {
    type,
    choices,
    max,
    max_length,
    required,
    default: usual,
    unsure,
    when,
    children,
  } = field;
  if (when || children) {
    return undefined;
  }
  if (unsure === undefined && choices) {
    return 'violet';
  }
  if (unsure === undefined && max_length !== undefined) {
    return 'x'.repeat(max_length + 1);
  }
  if (unsure === undefined && max !== undefined) {
    return String(max + 1);
  }
  if (type === 'file') {
    return 'my picture';
  }
  return required && usual === undefined ? '' : undefined;
}

const WITH_MODELS = ['apiframe', 'piapi_unified'] as const;

const modelsAt = (service: string): readonly ModelEntry[] =>
  SERVICES.find(({ key }) => key === service)?.models?.() ?? [];

/** Every form of a service's models, as a person fills it in. A file for each service: they run side by side. */
export function testModelForms(service: (typeof WITH_MODELS)[number]): void {
  quietConsole();

  test('these are the services whose models have forms', () => {
    expect(SERVICES.flatMap(({ key, models }) => (models ? key : []))).toEqual(WITH_MODELS);
  });

  const named = modelsAt(service).map((entry): [string, ModelEntry] => [
    `${entry.model} ${entry.task}`,
    entry,
  ]);
  const seen = new Map<string, Record<string, unknown>>();
  let worlds: Worlds;
  let song = ID;

  /** Every form is filled in with what it needs, and each model's with all that it has. */
  beforeAll(async () => {
    worlds = await startWorlds({ service });
    for (const account of Object.values(worlds.service.settings.accounts)) {
      account.credits = 1_000_000;
    }
    if (service === 'apiframe') {
      const { output } = await worlds.account.create('create_audio', {
        model: 'suno',
        task_type: 'music/generate',
        input__prompt: 'calm piano',
      });
      song = String(output.task_id);
      await worlds.settled();
    }
    const zap = await worlds.listen('task_finished');
    const known = new Set<readonly ModelField[]>();
    for (const [name, entry] of named) {
      const parent = entry.fields.some(({ key }) => key === 'parentJobId')
        ? { input__parentJobId: song }
        : {};
      // Models that share a form differ in nothing that is checked: one of them shows what is needed.
      const isFirst = !known.has(entry.fields);
      known.add(entry.fields);
      for (const [kind, input] of [
        ...(isFirst ? ([['least', least(entry)]] as const) : []),
        ['all', filled(entry, entry.fields)],
      ] as const) {
        const reference = `${kind} ${name}`;
        await worlds.account
          .create(stepOf(entry), { ...input, ...parent, reference })
          .catch((error: unknown) => seen.set(reference, { error: String(error) }));
      }
    }
    await worlds.settled();
    for (const run of zap.runs) {
      seen.set(String(run.reference), run);
    }
  });
  afterAll(() => worlds.stop());

  test.each(named)('%s comes out with its medium under its key', (name, entry) => {
    const run = {
      operation: stepOf(entry),
      succeeded: true,
      ...(service === 'apiframe' ? {} : { model: entry.model, task_type: taskTypeOf(entry.task) }),
      ...Object.fromEntries(entry.gives.map((key) => [key, expect.stringMatching(/\S/)])),
    };

    const least = seen.get(`least ${name}`);
    expect([seen.get(`all ${name}`), ...(least ? [least] : [])]).toMatchObject(
      least ? [run, run] : [run],
    );
  });

  test.each(named)(
    '%s names each field that is wrong, and starts nothing',
    async (_name, entry) => {
      const before = worlds.service.creates.length;
      const wrong = entry.fields.flatMap((field) => {
        const bad = badValue(field);
        return bad === undefined ? [] : [{ key: formKey(field.key), label: field.label, bad }];
      });
      const { shown } = await refusalOf(
        worlds.account.create(stepOf(entry), {
          ...least(entry),
          ...Object.fromEntries(wrong.map(({ key, bad }) => [key, bad])),
        }),
      );

      expect(wrong.length).toBeGreaterThan(0);
      for (const { label } of wrong) {
        expect(shown).toContain(`${label}: `);
      }
      expect(shown).toContain('Nothing was started.');
      expect(worlds.service.creates.length).toBe(before);
    },
  );

  test.each(named)('%s shows its fields, what is needed first', (_name, entry) => {
    const fields = modelFields(entry, {});
    const shown = fields.map(({ key }) => key);
    const always = entry.fields.flatMap(({ key, when }) => (when ? [] : [formKey(key)]));
    const needed = entry.fields.flatMap(({ key, required, when }) =>
      required && !when ? [formKey(key)] : [],
    );

    expect(shown).toEqual(expect.arrayContaining(always));
    expect(shown.slice(0, needed.length)).toEqual(needed);
    const oneOf = (entry.either ?? []).flat().map(formKey);
    for (const { key, group, required, helpText = '' } of fields) {
      const isOpen = required || oneOf.includes(key);
      expect([key, group]).toEqual([key, isOpen ? undefined : MODEL_OPTIONS.key]);
      expect(helpText.length).toBeLessThanOrEqual(1000);
    }
  });
}
