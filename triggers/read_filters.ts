import type { Bundle, ZObject } from 'zapier-platform-core';
import { failed } from '../errors/errors.ts';
import type { InputSchema } from '../fields/input.ts';
import { readInput } from '../fields/read_input.ts';

/** The filters of a trigger. @throws everything that is wrong with them as one error */
export function readFilters<Wanted>(
  z: ZObject,
  schema: InputSchema<Wanted>,
  bundle: Bundle,
): Wanted {
  const { input, problems } = readInput(schema, bundle.inputData);
  if (problems) {
    throw failed(
      z,
      `${problems.join('\n')}\nCorrect this in the trigger of the Zap.`,
      'invalid_input',
    );
  }
  return input;
}
