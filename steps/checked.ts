import type { ZObject } from 'zapier-platform-core';
import { halted } from '../errors.ts';
import type { ReadInput } from '../midjourney/input.ts';

/** The input of a step, checked. Whatever is wrong with it, nothing has been started yet. */
export function checked<Input>(z: ZObject, read: ReadInput<Input>): Input {
  if (read.problems) {
    throw halted(z, `${read.problems.join('\n')}\nNothing was started.`);
  }
  return read.input;
}
