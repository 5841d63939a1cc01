import type { PlainInputField } from 'zapier-platform-core';
import type { Capability } from '../services/service.ts';
import { takesField } from './capability.ts';
import { adviceOf, formOf, type InputSchema } from './input.ts';

/** Two fields of which exactly one is filled in, by their keys. */
export type Either = readonly [string, string];

/** Those of the two that a service takes: with one alone, that one is required there. */
const takenOf = (either: Either, capability: Capability): string[] =>
  either.filter((key) => takesField(capability, key));

/** A field of a step as a service has it: required where it is the only one of two. */
export const requiredAlone = (
  either: Either | undefined,
  capability: Capability,
  field: PlainInputField,
): PlainInputField =>
  either && takenOf(either, capability).join() === field.key ? { ...field, required: true } : field;

/** What is wrong with an input that needs one of two fields, as "Label: what to do". */
export function eitherProblems(
  either: Either | undefined,
  capability: Capability,
  schema: InputSchema,
  entered: object,
): string[] {
  if (!either) {
    return [];
  }
  const values = new Map<string, unknown>(Object.entries(entered));
  const taken = takenOf(either, capability);
  const given = taken.filter((key) => values.get(key) !== undefined);
  const labels = taken.map((key) => (schema.shape[key] && formOf(schema.shape[key])?.label) ?? key);
  const [only] = taken;
  if (given.length === 1) {
    return [];
  }
  if (given.length > 1) {
    return [`${labels.join(' and ')}: Fill in one of the two, and leave the other empty.`];
  }
  return taken.length === 1 && only
    ? [`${labels[0]}: ${schema.shape[only] ? adviceOf(schema.shape[only]) : ''}`]
    : [`${labels.join(' or ')}: Fill in one of the two.`];
}
