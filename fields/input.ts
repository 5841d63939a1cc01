import type { PlainInputField } from 'zapier-platform-core';
import * as zod from 'zod/mini';

/** How a schema looks in Zapier's editor. Its key and whether it is required come from the schema. */
export type FormField = Omit<PlainInputField, 'key' | 'required'> & { label: string };

const forms = new WeakMap<zod.ZodMiniType, FormField>();

/** How a schema looks in the editor; undefined for one that is no field. */
export const formOf = (schema: zod.ZodMiniType): FormField | undefined => forms.get(schema);

/** Gives a schema its place in the editor, so that one object is both the check and the form. */
export function field<Schema extends zod.ZodMiniType>(schema: Schema, form: FormField): Schema {
  forms.set(schema, form);
  return schema;
}

/** The schema of a step's input; its keys are the keys of the input fields. */
export type InputSchema<Input = unknown> = zod.ZodMiniObject<Record<string, zod.ZodMiniType>> &
  zod.ZodMiniType<Input>;

const required = new WeakMap<zod.ZodMiniType, boolean>();

/** Found out once for each schema: steps share many, and the app has to start quickly. */
function isRequired(schema: zod.ZodMiniType): boolean {
  if (schema instanceof zod.ZodMiniOptional) {
    return false;
  }
  const known = required.get(schema) ?? !zod.safeParse(schema, undefined).success;
  required.set(schema, known);
  return known;
}

/** The input fields of a step, in the order of the schema's keys. */
export const inputFieldsOf = (schema: InputSchema): PlainInputField[] =>
  Object.entries(schema.shape).map(([key, part]) => ({
    key,
    required: isRequired(part),
    ...forms.get(part),
  }));
