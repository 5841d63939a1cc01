import { z as zod } from 'zod';
import app from '../../index.ts';
import { OUTPUT_FIELDS } from '../../output/output_fields.ts';
import { SERVICES } from '../../services/services.ts';
import { definition, everyStep } from './definition.ts';

const outputFields = zod.array(zod.object({ key: zod.string() }));

/** With this input a step has all its output fields, line items included. */
const FULL_INPUT = { index: 'all' };

/** The output fields that depend on the input. */
async function dynamicOutput(key: string): Promise<string[]> {
  const creates: Record<string, { operation: { outputFields?: readonly unknown[] } }> = app.creates;
  const functions = creates[key]?.operation.outputFields?.filter(
    (field) => typeof field === 'function',
  );
  const fields = await Promise.all(
    (functions ?? []).map((field) =>
      Reflect.apply(field, undefined, [{}, { authData: {}, inputData: FULL_INPUT }]),
    ),
  );
  return fields.flatMap((part) => outputFields.parse(part)).map((field) => field.key);
}

/**
 * Every name that a Zap or a connection stores once it is set up, whichever service shows it.
 */
export async function publicSurface(): Promise<string[]> {
  const steps = await Promise.all(
    everyStep.map(async ([name, { key, operation }]) => [
      name,
      ...operation.inputFields.map((field) => `${name} input ${field.key}`),
      ...operation.outputFields.map((field) => `${name} output ${field.key}`),
      ...(await dynamicOutput(key)).map((field) => `${name} output ${field}`),
    ]),
  );
  return [
    ...definition.authentication.fields.map(({ key }) => `connection ${key}`),
    ...SERVICES.map(({ key }) => `connection service ${key}`),
    ...steps.flat(),
  ].sort();
}

const OUTPUT = /^\S+ output (?:tasks\[\])?(\S+)$/;

/**
 * A key of every task that a step does not list since nothing can fill it there: a Zap that maps it
 * gets nothing, as it always did.
 */
export const isNeverFilled = (name: string): boolean =>
  OUTPUT_FIELDS.some(({ key }) => key === OUTPUT.exec(name)?.[1]);

/** The problems of a change of the surface, in sentences; empty when there are none. */
export function surfaceProblems(kept: readonly string[], now: readonly string[]): string[] {
  const gone = kept.filter((name) => !now.includes(name));
  const added = now.filter((name) => !kept.includes(name));
  return [
    gone.length > 0 &&
      `Removed or renamed: ${gone.join(', ')}. Zaps that fill in or map these break without a word, and people find out by what is missing. Keep the old key, or release a major version and say in CHANGELOG.md how to migrate; then take it out of test/public_surface.json.`,
    added.length > 0 &&
      `New: ${added.join(', ')}. Once released its name can never change. When it is right, add it to test/public_surface.json, in alphabetical order.`,
    new Set(kept).size < kept.length && 'test/public_surface.json says something twice.',
    [...kept].sort().join() !== kept.join() &&
      'test/public_surface.json is not in alphabetical order.',
  ].filter((problem) => problem !== false);
}
