import { z as zod } from 'zod';
import app from '../../index.ts';
import { SERVICES } from '../../services/services.ts';

/** The app's definition as plain data: what Zapier's reviewers look at. */
const inputField = zod.looseObject({
  key: zod.string(),
  label: zod.string(),
  helpText: zod.string(),
  type: zod.string().optional(),
  default: zod.unknown().optional(),
  list: zod.boolean().optional(),
  group: zod.string().optional(),
  choices: zod.unknown().optional(),
});
const outputField = zod.looseObject({
  key: zod.string(),
  label: zod.string(),
  type: zod.string().optional(),
  list: zod.boolean().optional(),
});
const keyed = zod.array(zod.looseObject({ key: zod.string(), type: zod.string().optional() }));

/** A field that depends on the service, as the first service that has it shows it. */
function shownSomewhere(field: unknown): unknown[] {
  if (typeof field !== 'function') {
    return [field];
  }
  const shown = SERVICES.map(({ key }) => {
    const authData = { api_key: 'key-0123456789', service: key };
    return keyed.parse(Reflect.apply(field, undefined, [{}, { authData, inputData: {} }]));
  });
  // Notices are text between the fields.
  return (
    shown
      .map((fields) => fields.filter(({ type }) => type !== 'copy'))
      .find(({ length }) => length > 0) ?? []
  );
}

const step = zod.looseObject({
  key: zod.string(),
  noun: zod.string(),
  display: zod.looseObject({
    label: zod.string(),
    description: zod.string(),
    hidden: zod.boolean().optional(),
  }),
  operation: zod.looseObject({
    type: zod.string().optional(),
    /** Includes the fields that only some services show. */
    inputFields: zod
      .array(zod.unknown())
      .transform((fields) => fields.flatMap(shownSomewhere))
      .pipe(zod.array(inputField)),
    inputFieldGroups: zod.array(zod.looseObject({ key: zod.string() })).optional(),
    outputFields: zod
      .array(zod.unknown())
      .transform((fields) => fields.filter((field) => typeof field !== 'function'))
      .pipe(zod.array(outputField)),
    sample: zod.record(zod.string(), zod.unknown()),
  }),
});
const steps = zod.record(zod.string(), step).default({});

export type Step = zod.output<typeof step>;
export type InputField = zod.output<typeof inputField>;

export const definition = zod
  .object({
    authentication: zod.looseObject({ fields: zod.array(inputField) }),
    triggers: steps,
    creates: steps,
    searches: steps,
  })
  .parse(app);

/** Each step with its name for test titles, e.g. `creates.imagine`. */
export const named = (kind: 'triggers' | 'creates' | 'searches'): [string, Step][] =>
  Object.entries(definition[kind]).map(([key, value]) => [`${kind}.${key}`, value]);

export const everyStep = [...named('triggers'), ...named('creates'), ...named('searches')];

/** Each field that a user fills in, with its name for test titles. */
export const everyInputField = everyStep.flatMap(([name, { operation }]) =>
  operation.inputFields.map((field): [string, InputField] => [`${name}.${field.key}`, field]),
);
