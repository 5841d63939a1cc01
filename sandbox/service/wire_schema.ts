import * as zod from 'zod/mini';
import type { ModelEntry, ModelField } from '../../services/models/model_entry.ts';
import { pathOf } from '../../services/models/model_input.ts';

/** A form's keys as the nested objects that they are on the wire. */
interface Tree {
  readonly parts: Map<string, Tree>;
  leaf: zod.ZodMiniType | undefined;
  /** Whether it, or something in it, has to be there. */
  required: boolean;
}

const newTree = (): Tree => ({ parts: new Map(), leaf: undefined, required: false });

const text = (longest: number | undefined, isNeeded: boolean, pattern = '') =>
  zod
    .string()
    .check(
      zod.minLength(isNeeded ? 1 : 0),
      zod.maxLength(longest ?? Number.MAX_SAFE_INTEGER),
      zod.regex(new RegExp(pattern)),
    );

const range = ({ min = -Number.MAX_VALUE, max = Number.MAX_VALUE }: ModelField) =>
  [zod.gte(min), zod.lte(max)] as const;

const path = zod.strictObject({
  points: zod.array(zod.strictObject({ x: zod.number(), y: zod.number() })),
});

/** One value; what is guessed of it is let through. */
function valueSchema(field: ModelField, file: zod.ZodMiniType): zod.ZodMiniType {
  const { type, choices, unsure, max_length, required = false } = field;
  const isSure = unsure === undefined;
  if (choices) {
    return isSure ? zod.literal([...choices]) : zod.union([zod.string(), zod.number()]);
  }
  switch (type) {
    case 'integer':
      return isSure ? zod.int().check(...range(field)) : zod.int();
    case 'number':
      return isSure ? zod.number().check(...range(field)) : zod.number();
    case 'boolean':
      return zod.boolean();
    case 'file':
      return file;
    case 'points':
      return zod.array(path);
    default:
      return text(isSure ? max_length : undefined, required, field.pattern);
  }
}

function fieldSchema(field: ModelField, file: zod.ZodMiniType): zod.ZodMiniType {
  const { list, item, children, min_items = 0, max_items, unsure } = field;
  if (!list && !children) {
    return valueSchema(field, file);
  }
  const one = children ? objectOf(children, {}, file) : valueSchema(field, file);
  const entry = item === undefined ? one : zod.strictObject({ [item]: one });
  const most = unsure === undefined ? max_items : undefined;
  return zod
    .array(entry)
    .check(zod.minLength(min_items), zod.maxLength(most ?? Number.MAX_SAFE_INTEGER));
}

function put(tree: Tree, keys: readonly string[], leaf: zod.ZodMiniType, required: boolean): void {
  const [key, ...rest] = keys;
  tree.required ||= required;
  if (key === undefined) {
    tree.leaf = leaf;
    return;
  }
  const part = tree.parts.get(key) ?? newTree();
  tree.parts.set(key, part);
  put(part, rest, leaf, required);
}

/** An object as it is sent. */
type Wire = zod.ZodMiniObject<zod.core.$ZodShape>;

const shapeOf = ({ parts }: Tree): Wire =>
  zod.strictObject(
    Object.fromEntries(
      [...parts].map(([key, part]) => {
        const schema = schemaOf(part);
        return [key, part.required ? schema : zod.optional(schema)];
      }),
    ),
  );

function schemaOf(tree: Tree): zod.ZodMiniType {
  const [first] = tree.parts.values();
  const isList = first !== undefined && [...tree.parts.keys()].every((key) => /^\d+$/.test(key));
  return tree.leaf ?? (isList ? zod.array(schemaOf(first)) : shapeOf(tree));
}

/** An object of these fields and no others; one that a condition hides may be missing. */
function objectOf(
  fields: readonly ModelField[],
  fixed: NonNullable<ModelEntry['fixed']>,
  file: zod.ZodMiniType,
  place: Pick<ModelEntry, 'params' | 'needsParams'> = {},
): Wire {
  const tree = newTree();
  for (const field of fields) {
    const isNeeded = field.required === true && !field.when;
    put(tree, pathOf(field.key, place), fieldSchema(field, file), isNeeded);
  }
  for (const [key, value] of Object.entries(fixed)) {
    put(tree, pathOf(key, place), zod.literal(value), !key.includes('.'));
  }
  const { params = '', needsParams = false } = place;
  const parts = tree.parts.get(params);
  if (parts && needsParams) {
    parts.required = true;
  }
  return shapeOf(tree);
}

/**
 * The input of a model as it is sent, as strictly as its service takes it: no key that is not known, none
 * missing, the types, ranges and lengths.
 * @param file what stands for a file: a link, unless the service takes something else too
 */
export const wireSchema = (entry: ModelEntry, file: zod.ZodMiniType = zod.url()): Wire =>
  objectOf(entry.fields, entry.fixed ?? {}, file, entry);
