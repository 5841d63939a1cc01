import type { ZObject } from 'zapier-platform-core';
import { halted } from '../errors/errors.ts';
import type { InputSchema } from './input.ts';
import { readInput } from './read_input.ts';

/** What is wrong with an input, found before anything was started. */
export const inputError = (z: ZObject, problems: readonly string[]): Error =>
  halted(z, `${problems.join('\n')}\nNothing was started.`);

/** @throws all problems with an input as one error */
export function ensureNoProblems(z: ZObject, problems: readonly string[]): void {
  if (problems.length > 0) {
    throw inputError(z, problems);
  }
}

/**
 * The input of a step, read once.
 * @throws everything that is wrong with it as one error
 */
export function checkedInput<Input>(
  z: ZObject,
  schema: InputSchema<Input>,
  inputData: Record<string, unknown>,
): Input {
  const { input, problems } = readInput(schema, inputData);
  if (problems) {
    throw inputError(z, problems);
  }
  return input;
}
