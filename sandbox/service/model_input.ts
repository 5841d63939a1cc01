import type { ModelEntry, ModelField } from '../../services/models/model_entry.ts';
import { isParts, type Parts, wrongWith } from './wire_value.ts';

/** What is wrong with a body, by the path of each key; '' is the whole. */
export type InputProblems = ReadonlyMap<string, string>;

/** Every value of a body that is no object or list, and lists of those, by its path. */
function leavesOf(
  value: unknown,
  path: readonly string[],
  ends: ReadonlySet<string>,
): Map<string, unknown> {
  const key = path.join('.');
  const isEnd = !isParts(value) && !Array.isArray(value);
  if (path.length > 0 && (isEnd || ends.has(key))) {
    return new Map([[key, value]]);
  }
  return new Map(
    Object.entries(Object(value)).flatMap(([name, part]) => [
      ...leavesOf(part, [...path, name], ends),
    ]),
  );
}

function wrongWithList(field: ModelField, value: unknown): string | undefined {
  if (!Array.isArray(value)) {
    return 'must be a list';
  }
  const { children, min_items = 0, max_items = Number.POSITIVE_INFINITY, unsure } = field;
  if (unsure === undefined && (value.length < min_items || value.length > max_items)) {
    return `must hold ${min_items} to ${max_items}`;
  }
  const wrong = value
    .map((one: unknown) =>
      children
        ? [...problemsIn(children, {}, one)].map(([key, why]) => `${key} ${why}`)[0]
        : wrongWith(field, one),
    )
    .find((one) => one !== undefined);
  return wrong;
}

const isList = ({ list, children, type }: ModelField): boolean =>
  list === true || children !== undefined || type === 'points';

/** What is wrong with an object of these fields and no others. */
function problemsIn(
  fields: readonly ModelField[],
  fixed: Parts,
  body: unknown,
): Map<string, string> {
  if (!isParts(body)) {
    return new Map([['', 'must be an object']]);
  }
  const known = new Map(fields.map((field) => [field.key, field]));
  const sent = leavesOf(body, [], new Set(known.keys()));
  const problems = new Map<string, string>();
  for (const [key, value] of sent) {
    const field = known.get(key);
    const why = field
      ? isList(field)
        ? wrongWithList(field, value)
        : wrongWith(field, value)
      : fixed[key] === value
        ? undefined
        : 'is not known';
    if (why !== undefined) {
      problems.set(key, why);
    }
  }
  for (const { key, required, when } of fields) {
    if (required && !when && !sent.has(key)) {
      problems.set(key, 'is required');
    }
  }
  for (const key of Object.keys(fixed)) {
    if (!key.includes('.') && !sent.has(key)) {
      problems.set(key, 'is required');
    }
  }
  return problems;
}

/**
 * What is wrong with the input of a model as it is sent, as strictly as its service checks: a key that
 * is not known, one that is missing, a type, a range, a length. What the catalogue guesses is let through.
 */
export function inputProblems(
  { fields, fixed = {}, params }: ModelEntry,
  body: unknown,
): InputProblems {
  const inside = (key: string): string =>
    params === undefined || key === 'prompt' || key.startsWith(`${params}.`)
      ? key
      : `${params}.${key}`;
  return problemsIn(
    fields.map((field) => ({ ...field, key: inside(field.key) })),
    Object.fromEntries(Object.entries(fixed).map(([key, value]) => [inside(key), value])),
    body,
  );
}

/** The same of the form that a body comes closest to. */
export const closestProblems = (entries: readonly ModelEntry[], body: unknown): InputProblems =>
  entries
    .map((entry) => inputProblems(entry, body))
    .reduce((least, one) => (one.size < least.size ? one : least));
