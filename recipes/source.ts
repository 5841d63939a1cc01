import { type Mapping, valueAt } from './mapping.ts';
import type { OutputField } from './step_fields.ts';

/** What later steps can map of a trigger or step. */
export type Source =
  | { readonly fields: readonly OutputField[] }
  | { readonly example: Readonly<Record<string, unknown>> };

/** What a mapping gives: undefined when there is no such value. */
export interface Mapped {
  readonly isFile: boolean;
  readonly isList: boolean;
}

/** Output fields write `images[]file` where a mapping has `images[].file`. */
const fieldKey = (path: string): string => path.replaceAll('[].', '[]');

export function mappedFrom(source: Source, { path }: Mapping): Mapped | undefined {
  const isList = path.includes('[]');
  if ('fields' in source) {
    const field = source.fields.find(({ key }) => key === fieldKey(path));
    return field && { isFile: field.type === 'file', isList: isList || field.list };
  }
  const value = valueAt(source.example, path);
  const isThere = Array.isArray(value)
    ? value.length > 0 && !value.includes(undefined)
    : value !== undefined;
  return isThere ? { isFile: false, isList: Array.isArray(value) } : undefined;
}
