import * as zod from 'zod/mini';
import type { Connection } from '../sandbox/zapier/zapier.ts';
import type { Data } from './run_zap.ts';

const inputField = zod.object({
  key: zod.string(),
  required: zod._default(zod.boolean(), false),
  list: zod._default(zod.boolean(), false),
  type: zod._default(zod.string(), 'string'),
  choices: zod.optional(zod.unknown()),
});
const outputField = zod.object({
  key: zod.string(),
  list: zod._default(zod.boolean(), false),
  type: zod._default(zod.string(), 'string'),
});

export type InputField = zod.output<typeof inputField>;
export type OutputField = zod.output<typeof outputField>;

/** What a step of ours takes and gives, once it is filled in so far. */
export interface StepFields {
  readonly inputFields: readonly InputField[];
  readonly outputFields: readonly OutputField[];
}

export type StepKind = 'triggers' | 'creates' | 'searches';

/** Fields that are functions are resolved by the app. All lists are empty when it has no such step. */
export async function fieldsOf(
  account: Connection,
  kind: StepKind,
  key: string,
  inputData: Data,
): Promise<StepFields> {
  const operation = `${kind}.${key}.operation`;
  const bundle = { inputData, inputDataRaw: inputData };
  const [inputs, outputs] = await Promise.all([
    account.inputFields(kind, key, inputData),
    account.invoke(`${operation}.outputFields`, bundle),
  ]);
  return {
    inputFields: zod.parse(zod.array(inputField), inputs),
    outputFields: zod.parse(zod.array(outputField), outputs.results),
  };
}

const staticChoices = zod.array(
  zod.union([
    zod.string(),
    zod.pipe(
      zod.object({ value: zod.string() }),
      zod.transform((choice) => choice.value),
    ),
  ]),
);

/** The values that a field can have; undefined when it takes any. */
export async function choicesOf(
  account: Connection,
  kind: StepKind,
  key: string,
  { key: fieldKey, choices }: InputField,
): Promise<string[] | undefined> {
  if (choices === undefined) {
    return undefined;
  }
  const listed = staticChoices.safeParse(choices);
  if (listed.success) {
    return listed.data;
  }
  const { results } = await account.choices(kind, key, fieldKey);
  return results.map(({ id }) => String(id));
}
