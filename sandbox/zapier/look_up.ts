import * as zod from 'zod/mini';

const object = zod.record(zod.string(), zod.unknown());

/**
 * The value at a path as text, '' when there is none. `__` is the older way to write a dot
 * (zapier-platform-cli, invoke/auth/label.js and invoke/prompts.js).
 */
export function lookUp(data: unknown, path: string): string {
  const value = path
    .replaceAll('__', '.')
    .split('.')
    .reduce<unknown>((part, key) => object.safeParse(part).data?.[key], data);
  return value === undefined || value === null ? '' : String(value);
}
