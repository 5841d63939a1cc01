import type { PlainInputField } from 'zapier-platform-core';
import * as zod from 'zod/mini';

/** How a schema looks in Zapier's editor. Its key and whether it is required come from the schema. */
export type FormField = Omit<PlainInputField, 'key' | 'required'> & { label: string };

const forms = new WeakMap<zod.ZodMiniType, FormField>();

/** Gives a schema its place in the editor, so that one object is both the check and the form. */
export function field<Schema extends zod.ZodMiniType>(schema: Schema, form: FormField): Schema {
  forms.set(schema, form);
  return schema;
}

/** The schema of a step's input; its keys are the keys of the input fields. */
export type InputSchema<Input = unknown> = zod.ZodMiniObject<Record<string, zod.ZodMiniType>> &
  zod.ZodMiniType<Input>;

const needed = new WeakMap<zod.ZodMiniType, boolean>();

/** Asked once of each schema, for many steps share some, and the app has to start quickly. */
function isRequired(schema: zod.ZodMiniType): boolean {
  const known = needed.get(schema) ?? !zod.safeParse(schema, undefined).success;
  needed.set(schema, known);
  return known;
}

/** The input fields of a step, in the order of the schema's keys. */
export const inputFieldsOf = (schema: InputSchema): PlainInputField[] =>
  Object.entries(schema.shape).map(([key, part]) => ({
    key,
    required: isRequired(part),
    ...forms.get(part),
  }));

/** Zapier hands over fields that were left empty as '', null or []; to a schema they are absent. */
const present = (inputData: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(inputData).filter(
      ([, value]) =>
        value !== undefined &&
        value !== null &&
        !(typeof value === 'string' && value.trim() === '') &&
        !(Array.isArray(value) && value.length === 0),
    ),
  );

/** Either the checked input, or one sentence for each field that is wrong. */
export type ReadInput<Input> =
  | { readonly input: Input; readonly problems?: never }
  | { readonly input?: never; readonly problems: readonly string[] };

/** Checks what the user entered. A problem reads "Label: what to do". */
export function readInput<Input>(
  schema: InputSchema<Input>,
  inputData: Record<string, unknown>,
): ReadInput<Input> {
  const result = zod.safeParse(schema, present(inputData));
  if (result.success) {
    return { input: result.data };
  }
  const problems = result.error.issues.map((issue) => {
    const part = schema.shape[String(issue.path[0])];
    const label = part && forms.get(part)?.label;
    return label ? `${label}: ${issue.message}` : issue.message;
  });
  return { problems: [...new Set(problems)] };
}

const YES = ['true', 'yes', 'y', 'on', '1'];
const NO = ['false', 'no', 'n', 'off', '0'];

/** Yes or no, as Zapier's checkbox or as a word or number mapped from an earlier step. */
export const yesOrNo = (): zod.ZodMiniType<boolean> =>
  zod.pipe(
    zod.transform((value: unknown) => {
      const word = typeof value === 'object' ? '' : String(value).trim().toLowerCase();
      return YES.includes(word) || (NO.includes(word) ? false : undefined);
    }),
    zod.boolean('Choose yes or no.'),
  );

/** A link as people paste it: whole, and to the web. */
export const isLink = (text: string): boolean =>
  /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);

/** Short text; a number mapped from an earlier step is as good as its text. */
export const textOrNumber = () =>
  zod.pipe(
    zod.union([zod.string(), zod.number()], { error: 'Use a text or a number.' }),
    zod.transform((value: string | number) => String(value).trim()),
  );

/** A whole number, typed or mapped as text. */
export const wholeNumber = (
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): zod.ZodMiniType<number> => {
  const error =
    most === Number.MAX_SAFE_INTEGER
      ? `Enter a whole number, ${least} or more.`
      : `Enter a whole number from ${least} to ${most}.`;
  return zod.pipe(
    zod.union(
      [
        zod.number(),
        zod.pipe(
          zod.string(),
          zod.transform((text) => (/^\s*-?\d+\s*$/.test(text) ? Number(text) : Number.NaN)),
        ),
      ],
      { error },
    ),
    zod.int(error).check(zod.gte(least, error), zod.lte(most, error)),
  );
};

/** One of a few words; letter case and surrounding spaces do not matter. */
export const oneOf = <const Word extends string>(words: readonly Word[]): zod.ZodMiniType<Word> =>
  zod.pipe(
    zod.pipe(
      zod.string({ error: `Choose one of: ${words.join(', ')}.` }),
      zod.transform((text) => text.trim().toLowerCase()),
    ),
    zod.enum(words, { error: `Choose one of: ${words.join(', ')}.` }),
  );

/** One of the API's words, a JSON string: a mapped number is as good as its text. */
export const word = (choices: readonly { readonly value: string }[]): zod.ZodMiniType<string> =>
  zod.pipe(
    zod.transform((value: unknown) => (typeof value === 'number' ? String(value) : value)),
    oneOf(choices.map(({ value }) => value)),
  );
