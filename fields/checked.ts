import type { ZObject } from 'zapier-platform-core';
import { halted } from '../errors/errors.ts';
import type { ReadInput } from './input.ts';

const inputError = (z: ZObject, problems: readonly string[]): Error =>
  halted(z, `${problems.join('\n')}\nNothing was started.`);

/** @throws all problems with an input as one error; nothing has been started yet */
export function ensureNone(z: ZObject, problems: readonly string[]): void {
  if (problems.length > 0) {
    throw inputError(z, problems);
  }
}

/** The input of a step, checked. Whatever is wrong with it, nothing has been started yet. */
export function checked<Input>(z: ZObject, read: ReadInput<Input>): Input {
  if (read.problems) {
    throw inputError(z, read.problems);
  }
  return read.input;
}
