import type { ModelEntry, ModelField } from './model_entry.ts';

/** What a form was filled in with, by the keys of its fields. */
export type FormValues = ReadonlyMap<string, unknown>;

type Parts = Record<string, unknown>;

const isParts = (value: unknown): value is Parts => typeof value === 'object' && value !== null;

/**
 * Where a key of a form is in the body: all but the prompt are in the object of parameters, if there is one.
 */
export function pathOf(key: string, { params }: Pick<ModelEntry, 'params'>): string[] {
  const path = key.split('.');
  return params === undefined || key === 'prompt' || path[0] === params ? path : [params, ...path];
}

/** Numbers in a path lead into lists. */
function put(body: Parts, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    body[key] = value;
    return;
  }
  const known = body[key];
  const inner: Parts = isParts(known) ? known : {};
  body[key] = inner;
  put(inner, rest, value);
}

const isPlace = (key: string): boolean => /^\d+$/.test(key);

/** The same with lists where the keys are numbers. */
function withLists(value: unknown): unknown {
  if (!isParts(value) || Array.isArray(value)) {
    return value;
  }
  const parts = Object.entries(value).map(([key, part]) => [key, withLists(part)] as const);
  return parts.length > 0 && parts.every(([key]) => isPlace(key))
    ? parts.map(([, part]) => part)
    : Object.fromEntries(parts);
}

/** What lies at a path; undefined where there is nothing. */
const at = (body: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isParts(inner) ? inner[key] : undefined), body);

const sent = ({ item }: ModelField, value: unknown): unknown =>
  item !== undefined && Array.isArray(value) ? value.map((one) => ({ [item]: one })) : value;

/**
 * The input of a model as its service takes it. What was left empty is left out, but for what the
 * service asks for and has a default of; what no field has is not sent.
 */
export function modelInput(entry: ModelEntry, values: FormValues): Record<string, unknown> {
  const { params, needsParams } = entry;
  const body: Parts = params !== undefined && needsParams ? { [params]: {} } : {};
  for (const field of entry.fields) {
    const value = values.get(field.key);
    if (value !== undefined) {
      put(body, pathOf(field.key, entry), sent(field, value));
    }
  }
  for (const [key, value] of Object.entries(entry.fixed ?? {})) {
    const path = pathOf(key, entry);
    const isWanted = !key.includes('.') || at(body, path.slice(0, -1)) !== undefined;
    if (isWanted) {
      put(body, path, value);
    }
  }
  return Object.fromEntries(Object.entries(body).map(([key, part]) => [key, withLists(part)]));
}
