import { z as zod } from 'zod';

/** What Zapier's checks of samples and live results take for a field of a type; unset is null or absent. */
const TYPES: Readonly<Record<string, zod.ZodType>> = {
  // D024 and T003: ISO 8601 with an offset.
  datetime: zod.iso.datetime({ offset: true }),
  // A link, or a pointer that Zapier turns into one.
  file: zod.string().regex(/^(https?:\/\/|hydrate\|\|\|)/),
  string: zod.union([zod.string(), zod.array(zod.string())]),
  boolean: zod.boolean(),
  integer: zod.int(),
  number: zod.number(),
};

interface OutputField {
  readonly key: string;
  readonly type?: string | undefined;
}

/** The values under a key such as `tasks[]images[]file`. */
function valuesAt(output: unknown, key: string): unknown[] {
  const [root = '', ...rest] = key.split('[]');
  const value: unknown = Object(output)[root];
  return rest.length === 0
    ? [value]
    : [value].flat().flatMap((item) => valuesAt(item, rest.join('[]')));
}

/** Values that are not of the type of their output field (D023, T005), each as "key: value". */
export const wrongTypes = (output: unknown, fields: readonly OutputField[]): string[] =>
  fields.flatMap(({ key, type = 'string' }) =>
    valuesAt(output, key)
      .filter((value) => value !== null && value !== undefined)
      .filter((value) => !TYPES[type]?.safeParse(value).success)
      .map((value) => `${key}: ${JSON.stringify(value)} is no ${type}`),
  );
