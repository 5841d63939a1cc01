import type { Bundle, PlainInputField, ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';

const page = zod.object({
  results: zod.array(zod.object({ id: zod.string(), label: zod.string() })),
});

/** The function of a dropdown; undefined for any other field. */
const fillingOf = ({ choices }: PlainInputField): unknown =>
  typeof choices === 'object' && !Array.isArray(choices) && 'perform' in choices
    ? choices.perform
    : undefined;

export const isDropdown = (field: PlainInputField): boolean => fillingOf(field) !== undefined;

/**
 * A dropdown with its first page as a list. Zapier calls the function of a dropdown by its place in the
 * definition, so a field that only some connections show cannot bring one along.
 */
export async function withFilledDropdown(
  z: ZObject,
  bundle: Bundle,
  field: PlainInputField,
): Promise<PlainInputField> {
  const fill = fillingOf(field);
  const { data } = zod.safeParse(page, typeof fill === 'function' ? await fill(z, bundle) : {});
  const choices = data?.results.map(({ id, label }) => ({ value: id, sample: id, label })) ?? [];
  const { choices: _, ...plain } = field;
  return choices.length > 0 ? { ...plain, choices } : plain;
}
