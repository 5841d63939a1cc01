import type { ZObject } from 'zapier-platform-core';
import { halted } from '../errors/errors.ts';
import type { InputSchema } from './input.ts';
import { readInput } from './read_input.ts';

const NOTHING_STARTED = 'Nothing was started.';

/**
 * What is wrong with an input, found before anything was started.
 * @param consequence said at the end; '' for a step that starts nothing anyway
 */
export const inputError = (
  z: ZObject,
  problems: readonly string[],
  consequence = NOTHING_STARTED,
): Error => halted(z, [...problems, consequence].filter(Boolean).join('\n'));

/** @throws all problems with an input as one error */
export function ensureNoProblems(z: ZObject, problems: readonly string[]): void {
  if (problems.length > 0) {
    throw inputError(z, problems);
  }
}

/**
 * The input of a step, read once.
 * @param consequence see `inputError`
 * @throws everything that is wrong with it as one error
 */
export function checkedInput<Input>(
  z: ZObject,
  schema: InputSchema<Input>,
  inputData: Record<string, unknown>,
  consequence?: string,
): Input {
  const { input, problems } = readInput(schema, inputData);
  if (problems) {
    throw inputError(z, problems, consequence);
  }
  return input;
}
