import * as zod from 'zod/mini';
import type { ModelField } from '../services/models/model_entry.ts';
import { childKey } from './form_key.ts';
import { optionalField, field as required } from './input.ts';
import { readInput } from './read_input.ts';

/**
 * The rows of a list of objects. Zapier hands over an object a row, under the keys of the form; what
 * maps line items may have them under the service's own.
 */
export function filledRows(
  { key: parent }: ModelField,
  children: readonly ModelField[],
  schemaOf: (child: ModelField) => zod.ZodMiniType,
): zod.ZodMiniType<unknown[]> {
  const schema = zod.object(
    Object.fromEntries(
      children.map((child) => {
        const { key, label, help: helpText } = child;
        const make = () => schemaOf(child);
        return [
          key,
          child.required
            ? required(make, { label, helpText })
            : optionalField(make, { label, helpText }),
        ];
      }),
    ),
  );
  const own = (row: object): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [
        children.find((child) => childKey(parent, child.key) === key)?.key ?? key,
        value,
      ]),
    );
  return zod.transform((value: unknown, { issues }): unknown[] =>
    [value].flat().flatMap((row, index) => {
      const { input, problems } =
        typeof row === 'object' && row !== null
          ? readInput(schema, own(row))
          : { problems: ['Fill in its fields.'] };
      for (const problem of problems ?? []) {
        issues.push({ code: 'custom', message: `Row ${index + 1}, ${problem}`, input: value });
      }
      return input ? [input] : [];
    }),
  );
}
