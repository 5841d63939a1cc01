import * as zod from 'zod/mini';

const object = zod.record(zod.string(), zod.unknown());

function lookUp(data: unknown, path: string): string {
  const value = path
    .split('.')
    .reduce<unknown>((part, key) => object.safeParse(part).data?.[key], data);
  return value === undefined || value === null ? '' : String(value);
}

/**
 * Fills the `{{…}}` of a connection label from what the connection test returned, by its own name
 * or as `bundle.inputData.…`, and from `bundle.authData.…`.
 */
export function renderLabel(
  label: string,
  tested: unknown,
  authData: Record<string, string>,
): string {
  const data = {
    ...object.safeParse(tested).data,
    bundle: { authData, inputData: tested },
  };
  // `__` is the older way to write a dot (zapier-platform-cli, invoke/auth/label.js).
  return label.replace(/{{\s*(.+?)\s*}}/g, (_, path: string) =>
    lookUp(data, path.replaceAll('__', '.')),
  );
}
