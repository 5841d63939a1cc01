import { z as zod } from 'zod';
import * as mini from 'zod/mini';
import { inputFieldsOf } from '../../fields/input.ts';
import { modelFor, modelName, taskType } from '../../fields/model_fields.ts';
import { parentTask, parentTaskOr, runningTask } from '../../fields/task_fields.ts';
import app from '../../index.ts';
import {
  hasForm,
  isOperation,
  MODEL_OPERATIONS,
  OPERATIONS,
  type Operation,
} from '../../midjourney/operations.ts';
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

/** Nothing can be asked while the tests are named. */
const Z = { console: { log: () => undefined } };

/** Versions of Midjourney that together show every parameter. */
const VERSIONS = ['', '7', '6'];

/** A field that depends on the service or the version, as the first that has it shows it. */
function shownSomewhere(field: unknown): unknown[] {
  if (typeof field !== 'function') {
    return [field];
  }
  const shown = SERVICES.flatMap(({ key }) =>
    VERSIONS.map((version) => {
      const authData = { api_key: 'key-0123456789', service: key };
      const fields = Reflect.apply(field, undefined, [Z, { authData, inputData: { version } }]);
      // Notices, and what `FILLED_FIRST` has, ask the service first.
      return fields instanceof Promise ? [] : keyed.parse(fields);
    }),
  );
  // Notices are text between the fields.
  return (
    shown
      .map((fields) => fields.filter(({ type }) => type !== 'copy'))
      .find(({ length }) => length > 0) ?? []
  );
}

const parentOf = (operation: Operation) =>
  inputFieldsOf(mini.object({ origin_task_id: parentTask(operation) }));

/** Whether some services have a follow-up, and others do not. */
function isFollowUpOfSome(operation: Operation): boolean {
  const capabilities = SERVICES.map(({ operations }) => operations[operation]);
  return (
    capabilities.includes(undefined) &&
    capabilities.some((one) => one?.fields.includes('origin_task_id'))
  );
}

/** Fields of steps that not every service offers; their dropdowns are filled before they are shown. */
const FILLED_FIRST: Readonly<Record<string, unknown[]>> = {
  ...Object.fromEntries(
    Object.keys(OPERATIONS)
      .filter(isOperation)
      .filter(isFollowUpOfSome)
      .map((operation) => [operation, parentOf(operation)]),
  ),
  video: inputFieldsOf(
    mini.object({ origin_task_id: parentTaskOr('video', 'Image File or Link') }),
  ),
  cancel_task: inputFieldsOf(mini.object({ task_id: runningTask() })),
  ...Object.fromEntries(
    MODEL_OPERATIONS.filter(hasForm).map((operation) => [
      operation,
      inputFieldsOf(mini.object({ model: modelFor(operation, 'kling') })),
    ]),
  ),
  run_task: inputFieldsOf(mini.object({ model: modelName(), task_type: taskType() })),
};

const step = zod.preprocess(
  (value) => {
    const { key, operation, ...more } = Object(value);
    const inputFields = [...(FILLED_FIRST[key] ?? []), ...(operation?.inputFields ?? [])];
    return { key, ...more, operation: { ...operation, inputFields } };
  },
  zod.looseObject({
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
  }),
);
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
