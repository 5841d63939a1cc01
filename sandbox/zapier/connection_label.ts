import * as zod from 'zod/mini';
import { lookUp } from './look_up.ts';

const object = zod.record(zod.string(), zod.unknown());

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
  return label.replace(/{{\s*(.+?)\s*}}/g, (_, path: string) => lookUp(data, path));
}
