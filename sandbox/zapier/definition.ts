import * as zod from 'zod/mini';
import type { AppHandler } from './app_handler.ts';

const field = zod.object({
  key: zod.optional(zod.string()),
  choices: zod.optional(zod.unknown()),
  dynamic: zod.optional(zod.string()),
});
const step = zod.object({
  operation: zod.object({
    inputFields: zod.optional(zod.array(zod.unknown())),
    type: zod.optional(zod.string()),
    canPaginate: zod.optional(zod.boolean()),
  }),
});
const steps = zod.record(zod.string(), step);
const definitionSchema = zod.object({
  authentication: zod.optional(
    zod.nullable(zod.object({ connectionLabel: zod.optional(zod.unknown()) })),
  ),
  triggers: steps,
  creates: steps,
  searches: steps,
});
const dynamicChoices = zod.object({ perform: zod.unknown() });

/** What the platform knows of an app: its literal, with functions as `$func$…` strings. */
export type Definition = zod.infer<typeof definitionSchema>;
export type StepKind = 'triggers' | 'creates' | 'searches';

/** Reads the app's definition, as the platform does when a version is pushed. */
export async function readDefinition(handler: AppHandler): Promise<Definition> {
  const { results } = await handler({ command: 'definition', token: '' });
  return zod.parse(definitionSchema, results);
}

/** Whether a step always has this field; others come from its functions. */
export const hasField = (
  definition: Definition,
  kind: StepKind,
  key: string,
  fieldKey: string,
): boolean =>
  (definition[kind][key]?.operation.inputFields ?? []).some(
    (candidate) => field.safeParse(candidate).data?.key === fieldKey,
  );

/**
 * What fills the dropdown of a field: the trigger that `dynamic` names, else the method. Throws
 * when the field has no such dropdown.
 */
export function dropdownSource(
  definition: Definition,
  kind: StepKind,
  key: string,
  fieldKey: string,
): { readonly method: string; readonly dynamic: string | undefined } {
  const fields = definition[kind][key]?.operation.inputFields ?? [];
  const index = fields.findIndex((candidate) => field.safeParse(candidate).data?.key === fieldKey);
  const found = field.safeParse(fields[index]).data;
  if (found?.dynamic === undefined && !dynamicChoices.safeParse(found?.choices).success) {
    throw new Error(`${kind}.${key} has no field ${fieldKey} with choices.perform or dynamic`);
  }
  return {
    method: `${kind}.${key}.operation.inputFields.${index}.choices.perform`,
    dynamic: found?.dynamic,
  };
}

/**
 * The method with which a trigger lists what there is: a polling trigger's `perform`, a hook's
 * `performList`. Throws when there is no such trigger.
 */
export function listing(
  definition: Definition,
  trigger: string,
): { readonly method: string; readonly paginates: boolean } {
  const operation = definition.triggers[trigger]?.operation;
  if (operation === undefined) {
    throw new Error(`There is no trigger ${trigger}`);
  }
  const name = operation.type === 'hook' ? 'performList' : 'perform';
  return {
    method: `triggers.${trigger}.operation.${name}`,
    paginates: operation.canPaginate ?? false,
  };
}
