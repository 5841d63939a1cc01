import * as zod from 'zod/mini';
import { choiceMeant } from '../midjourney/choice.ts';
import { formOf, type InputSchema } from './input.ts';

/** Zapier hands over what was left empty as '', null or [], and line items as lists and rows of them. */
export function isEmpty(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) {
    const parts = Object.values(value);
    return (parts.length > 0 || Array.isArray(value)) && parts.every(isEmpty);
  }
  return (
    value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
  );
}

/** To a schema, what was left empty is absent. */
const present = (inputData: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(inputData).filter(([, value]) => !isEmpty(value)));

const withLabels = (choices: readonly (string | { value: string; label: string })[]) =>
  choices.flatMap((choice) => (typeof choice === 'string' ? [] : [choice]));

/** What a field's own list shows is taken for its value: people map and type what they read. */
function withoutLabels(schema: InputSchema, inputData: Record<string, unknown>) {
  return Object.fromEntries(
    Object.entries(inputData).map(([key, value]) => {
      const part = schema.shape[key];
      const choices = part && formOf(part)?.choices;
      return typeof value === 'string' && Array.isArray(choices)
        ? [key, choiceMeant(value, withLabels(choices)) ?? value]
        : [key, value];
    }),
  );
}

/** Either the checked input, or one sentence for each field that is wrong. */
export type ReadInput<Input> =
  | { readonly input: Input; readonly problems?: never }
  | { readonly input?: never; readonly problems: readonly string[] };

/** Checks what the user entered. A problem reads "Label: what to do". */
export function readInput<Input>(
  schema: InputSchema<Input>,
  inputData: Record<string, unknown>,
): ReadInput<Input> {
  const result = zod.safeParse(schema, withoutLabels(schema, present(inputData)));
  if (result.success) {
    return { input: result.data };
  }
  const problems = result.error.issues.map((issue) => {
    const part = schema.shape[String(issue.path[0])];
    const label = part && formOf(part)?.label;
    return label ? `${label}: ${issue.message}` : issue.message;
  });
  return { problems: [...new Set(problems)] };
}
