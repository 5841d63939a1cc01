/** What a model other than Midjourney returns: any JSON object. */
export type ModelOutput = Readonly<Record<string, unknown>>;

/** A value in an output, and where it is. */
export interface Leaf {
  /** Keys from the outside in; places in a list count from 1. */
  readonly path: readonly string[];
  readonly value: unknown;
}

/** Wider and deeper than any output that is documented: an odd one must not cost the event. */
const MOST_LEAVES = 300;
const DEEPEST = 8;

export const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** All values of an output, at most 300 and 8 levels deep. A list of plain values is one leaf. */
export function leavesOf(value: unknown, path: readonly string[] = []): Leaf[] {
  const isLeaf = isPlain(value) || path.length === DEEPEST;
  if (isLeaf || (Array.isArray(value) && value.every(isPlain))) {
    return [{ path, value }];
  }
  const isList = Array.isArray(value);
  return Object.entries(Object(value))
    .slice(0, MOST_LEAVES)
    .flatMap(([key, part]) => leavesOf(part, [...path, isList ? String(Number(key) + 1) : key]))
    .slice(0, MOST_LEAVES);
}
