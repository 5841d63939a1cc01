import * as zod from 'zod/mini';
import type { AppHandler } from './app_handler.ts';

const field = zod.object({ key: zod.optional(zod.string()), choices: zod.optional(zod.unknown()) });
const step = zod.object({
  operation: zod.object({ inputFields: zod.optional(zod.array(zod.unknown())) }),
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

/** Asks the app for its definition, as the platform does when a version is pushed. */
export async function readDefinition(handler: AppHandler): Promise<Definition> {
  const { results } = await handler({ command: 'definition', token: '' });
  return zod.parse(definitionSchema, results);
}

/** The method that fills the dropdown of a field. Throws when the field has none. */
export function choicesMethod(
  definition: Definition,
  kind: StepKind,
  key: string,
  fieldKey: string,
): string {
  const fields = definition[kind][key]?.operation.inputFields ?? [];
  const index = fields.findIndex((candidate) => {
    const parsed = field.safeParse(candidate);
    return parsed.success && parsed.data.key === fieldKey;
  });
  const found = field.safeParse(fields[index]);
  if (!found.success || !dynamicChoices.safeParse(found.data.choices).success) {
    throw new Error(`${kind}.${key} has no field ${fieldKey} with choices.perform`);
  }
  return `${kind}.${key}.operation.inputFields.${index}.choices.perform`;
}
