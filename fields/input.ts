import type { PlainInputField } from 'zapier-platform-core';
import * as zod from 'zod/mini';

/** How a schema looks in Zapier's editor. Its key comes from the schema of the input. */
export type FormField = Omit<PlainInputField, 'key' | 'required'> & { label: string };

interface Known {
  readonly form: FormField;
  readonly required: boolean;
  /** Of what is filled in. */
  make(): zod.ZodMiniType;
}

const fields = new WeakMap<zod.ZodMiniType, Known>();

/** How a schema looks in the editor; undefined for one that is no field. */
export const formOf = (schema: zod.ZodMiniType): FormField | undefined => fields.get(schema)?.form;

/**
 * A field that has to be filled in, so that one object is both the check and the form.
 * @param make its schema, which is made when an input is first read: the app has to start quickly
 */
export function field<Schema extends zod.ZodMiniType>(
  make: () => Schema,
  form: FormField,
): zod.ZodMiniLazy<Schema> {
  const schema = zod.lazy(make);
  fields.set(schema, { form, required: true, make });
  return schema;
}

/** The same of a field that may stay empty. @param make the schema of what is filled in */
export function optionalField<Schema extends zod.ZodMiniType>(
  make: () => Schema,
  form: FormField,
): zod.ZodMiniLazy<zod.ZodMiniOptional<Schema>> {
  const schema = zod.lazy(() => zod.optional(make()));
  fields.set(schema, { form, required: false, make });
  return schema;
}

/** What a field says when it has to be filled in and is not. */
export function adviceOf(schema: zod.ZodMiniType): string {
  const { error } = zod.safeParse(fields.get(schema)?.make() ?? zod.never(), undefined);
  return error?.issues[0]?.message ?? 'Fill it in.';
}

/** The schema of a step's input; its keys are the keys of the input fields. */
export type InputSchema<Input = unknown> = zod.ZodMiniObject<Record<string, zod.ZodMiniType>> &
  zod.ZodMiniType<Input>;

/** The input fields of a step, in the order of the schema's keys. */
export const inputFieldsOf = (schema: InputSchema): PlainInputField[] =>
  Object.entries(schema.shape).flatMap(([key, part]) => {
    const known = fields.get(part);
    return known ? { key, required: known.required, ...known.form } : [];
  });
