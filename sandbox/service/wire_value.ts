import type { ModelField } from '../../services/models/model_entry.ts';

/** An object of a body. */
export type Parts = Readonly<Record<string, unknown>>;

export const isParts = (value: unknown): value is Parts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isUrl = (value: unknown): boolean =>
  typeof value === 'string' && /^https?:\/\/\S+$/.test(value) && URL.canParse(value);

const isPath = (value: unknown): boolean =>
  isParts(value) &&
  Array.isArray(value.points) &&
  value.points.every(
    (point: unknown) =>
      isParts(point) && typeof point.x === 'number' && typeof point.y === 'number',
  );

/** Whether a value has the type of a field on the wire. */
function hasType({ type, item }: ModelField, value: unknown): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'file':
      return isUrl(item !== undefined && isParts(value) ? value[item] : value);
    case 'points':
      return isPath(value);
    default:
      return typeof value === 'string';
  }
}

/** What is wrong with one value as it is sent; undefined when nothing is. */
export function wrongWith(field: ModelField, value: unknown): string | undefined {
  const { choices, min, max, max_length, unsure } = field;
  if (choices ? !['string', 'number'].includes(typeof value) : !hasType(field, value)) {
    return `must be of the type ${field.type}`;
  }
  if (unsure !== undefined) {
    return undefined;
  }
  if (choices && !choices.some((choice) => choice === value)) {
    return `must be one of ${choices.join(', ')}`;
  }
  if (typeof value === 'number' && (value < (min ?? value) || value > (max ?? value))) {
    return `must be from ${min} to ${max}`;
  }
  return typeof value === 'string' && value.length > (max_length ?? value.length)
    ? `must have at most ${max_length} characters`
    : undefined;
}
