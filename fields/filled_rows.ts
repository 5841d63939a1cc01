import * as zod from 'zod/mini';
import type { ModelField } from '../services/models/model_entry.ts';
import { childKey } from './form_key.ts';
import { optionalField, field as required } from './input.ts';
import { isEmpty, readInput } from './read_input.ts';

/** One row with a list in each field is as many rows as the lists are long. */
function unfolded(row: unknown): unknown[] {
  const columns = typeof row === 'object' && row !== null ? Object.entries(row) : [];
  const longest = Math.max(
    0,
    ...columns.map(([, value]) => (Array.isArray(value) ? value.length : 0)),
  );
  return longest === 0
    ? [row]
    : Array.from({ length: longest }, (_, place) =>
        Object.fromEntries(
          columns.map(([key, value]) => [key, Array.isArray(value) ? value[place] : value]),
        ),
      );
}

/** The rows that something was filled in of. */
const rowsIn = (value: unknown): unknown[] =>
  [value]
    .flat()
    .flatMap(unfolded)
    .filter((row) => !isEmpty(row) && Object.keys(Object(row)).length > 0);

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
    rowsIn(value).flatMap((row, index) => {
      const { input, problems } =
        typeof row === 'object' && row !== null
          ? readInput(schema, own(row))
          : { problems: ['Fill in its fields, or choose line items of an earlier step for each.'] };
      for (const problem of problems ?? []) {
        issues.push({ code: 'custom', message: `Row ${index + 1}, ${problem}`, input: value });
      }
      return input ? [input] : [];
    }),
  );
}
