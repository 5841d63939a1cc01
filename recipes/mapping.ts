import * as zod from 'zod/mini';
import type { TemplateValue } from './template.ts';

/** A value of an earlier step; in a list the path has `[]`, as in `images[].file`. */
export interface Mapping {
  /** 0 for the trigger. */
  readonly step: number;
  readonly path: string;
  /** Whether it stands alone, and so keeps its type; within a text it becomes text. */
  readonly alone: boolean;
}

const MAPPING = /\{\{(\d+)\.([^{}]+)\}\}/g;
const ALONE = new RegExp(`^${MAPPING.source}$`);

const object = zod.record(zod.string(), zod.unknown());

/** All mappings in a value, those in the texts of a list included. */
export const mappingsIn = (value: TemplateValue): Mapping[] =>
  [value].flat().flatMap((part) =>
    typeof part === 'string'
      ? [...part.matchAll(MAPPING)].map(([, step, path = '']) => ({
          step: Number(step),
          path,
          alone: ALONE.test(part),
        }))
      : [],
  );

/** The value at a path of an output; where the path has `[]`, the list of each item's value. */
export function valueAt(output: unknown, path: string): unknown {
  const [head = '', ...rest] = path.split('.');
  const name = head.replace(/\[\]$/, '');
  const found = object.safeParse(output).data?.[name];
  const inner = rest.join('.');
  if (name !== head) {
    const items: unknown[] = Array.isArray(found) ? found : [];
    return inner === '' ? items : items.flatMap((item) => valueAt(item, inner));
  }
  return inner === '' ? found : valueAt(found, inner);
}

const asText = (value: unknown): string =>
  Array.isArray(value) ? value.map(asText).join(',') : String(value ?? '');

const isThere = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/**
 * The value with what earlier steps gave, `outputs[0]` being the trigger's. A list takes in what a
 * mapping gives, be it one value, several or nothing.
 */
export function filled(value: TemplateValue, outputs: readonly unknown[]): unknown {
  if (Array.isArray(value)) {
    return value.flatMap((part) => filled(part, outputs)).filter(isThere);
  }
  if (typeof value !== 'string') {
    return value;
  }
  const [, step, path] = ALONE.exec(value) ?? [];
  return path === undefined
    ? value.replace(MAPPING, (_, number, name) => asText(valueAt(outputs[Number(number)], name)))
    : valueAt(outputs[Number(step)], path);
}
