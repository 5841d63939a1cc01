import * as zod from 'zod/mini';
import { SandboxStepError } from './step_error.ts';

const object = zod.record(zod.string(), zod.unknown());
const list = zod.array(object);
const page = zod.object({ results: list });

function unusable(expected: string, results: unknown): SandboxStepError {
  return new SandboxStepError('Error', `Expected ${expected}, got: ${JSON.stringify(results)}`);
}

/** What a create or a subscription returned. Throws a SandboxStepError when it is no object. */
export function outputObject(results: unknown): Record<string, unknown> {
  const parsed = object.safeParse(results);
  if (!parsed.success) {
    throw unusable('an object', results);
  }
  return parsed.data;
}

/** What a trigger or search returned: a list of objects, or a page with one. Throws on others. */
export function outputList(results: unknown): Record<string, unknown>[] {
  const paged = page.safeParse(results);
  if (paged.success) {
    return paged.data.results;
  }
  const parsed = list.safeParse(results);
  if (!parsed.success) {
    throw unusable('a list of objects', results);
  }
  return parsed.data;
}

/** The platform runs a Zap once for each `id` within one result; what has no id always runs. */
export function firstOfEachId(outputs: Record<string, unknown>[]): Record<string, unknown>[] {
  const seen = new Set<unknown>();
  return outputs.filter(({ id }) => {
    if (id === undefined || id === null) {
      return true;
    }
    if (seen.has(id)) {
      return false;
    }
    seen.add(id);
    return true;
  });
}
