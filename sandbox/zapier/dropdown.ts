import * as zod from 'zod/mini';
import { meta, stepInput } from './bundle.ts';
import { type Definition, dropdownSource, listing, type StepKind } from './definition.ts';
import { lookUp } from './look_up.ts';
import { outputList } from './output.ts';
import type { Invoke } from './platform.ts';

const choice = zod.object({ id: zod.union([zod.string(), zod.number()]), label: zod.string() });
const choices = zod.union([
  zod.object({
    results: zod.array(choice),
    paging_token: zod._default(zod.nullable(zod.string()), null),
  }),
  zod.pipe(
    zod.array(choice),
    zod.transform((results) => ({ results, paging_token: null })),
  ),
]);

/** One page of a dropdown. */
export interface Choices {
  readonly results: { id: string | number; label: string }[];
  /** Only where `choices.perform` fills the dropdown. */
  readonly paging_token: string | null;
}

/** A dropdown that is opened in the editor. */
export interface Dropdown {
  readonly kind: StepKind;
  /** Of the step. */
  readonly key: string;
  /** The key of a static input field. */
  readonly field: string;
  readonly inputData: Record<string, unknown>;
  /** What `choices.perform` gave as paging_token; for a trigger the number of the page, from 0. */
  readonly page: string | number | undefined;
}

// What Zapier takes for a label when the field names none (zapier-platform-cli, invoke/prompts.js).
const labelKeys = ['name', 'Name', 'display', 'Display', 'title', 'Title', 'subject', 'Subject'];

const list = zod.catch(
  zod.array(
    zod.pipe(
      zod.object({ value: zod.string(), label: zod.string() }),
      zod.transform(({ value, label }) => ({ id: value, label })),
    ),
  ),
  [],
);

/** The choices that a field brings along, as one page. */
export const listOf = (choices: unknown): Choices => ({
  results: zod.parse(list, choices),
  paging_token: null,
});

async function fillFromTrigger(
  definition: Definition,
  invoke: Invoke,
  dropdown: Dropdown,
  [trigger = '', idKey = '', labelKey = '']: readonly string[],
): Promise<Choices> {
  const { kind, key, field, inputData } = dropdown;
  const page = Number(dropdown.page ?? 0);
  const { method, paginates } = listing(definition, trigger);
  if (page > 0 && !paginates) {
    throw new Error(`The trigger ${trigger} has one page only: its canPaginate is not true`);
  }
  const { results } = await invoke(
    method,
    { ...stepInput(inputData), meta: meta({ isFillingDynamicDropdown: true, page }) },
    paginates ? { storeKey: `dropdown of ${kind}.${key}.${field}` } : {},
  );
  return {
    results: outputList(results).map((item) => ({
      id: choice.shape.id.parse(item[idKey]),
      label: [labelKey, ...labelKeys, idKey].map((path) => lookUp(item, path)).find(Boolean) ?? '',
    })),
    paging_token: null,
  };
}

/**
 * Fills one page of a dropdown, from a trigger (`dynamic: 'trigger.id.label'`) or from
 * `choices.perform`. Throws when the field has neither.
 */
export async function fillDropdown(
  definition: Definition,
  invoke: Invoke,
  dropdown: Dropdown,
): Promise<Choices> {
  const { kind, key, field, inputData, page } = dropdown;
  const { method, dynamic } = dropdownSource(definition, kind, key, field);
  if (dynamic !== undefined) {
    return fillFromTrigger(definition, invoke, dropdown, dynamic.split('.'));
  }
  const filling = meta({ isFillingDynamicDropdown: true, paging_token: page });
  const { results } = await invoke(method, { ...stepInput(inputData), meta: filling });
  return zod.parse(choices, results);
}
