import * as zod from 'zod';
import app from '../index.ts';
import { serviceOf } from '../services/services.ts';

const part = zod.object({
  key: zod.string(),
  noun: zod.string(),
  display: zod.object({ label: zod.string(), description: zod.string() }),
  operation: zod.object({
    inputFieldGroups: zod.array(zod.object({ key: zod.string(), label: zod.string() })).default([]),
  }),
});
const definition = zod.object({
  triggers: zod.record(zod.string(), part),
  creates: zod.record(zod.string(), part),
  searches: zod.record(zod.string(), part),
});

/** The steps in the order of the app, and the services to choose from. */
export function definitionOf(serviceKeys: readonly string[]) {
  const kinds = Object.entries(definition.parse(app)).map(([kind, steps]) => ({
    kind,
    steps: Object.values(steps).map(({ key, display, operation }) => ({
      key,
      ...display,
      groups: operation.inputFieldGroups,
    })),
  }));
  const services = serviceKeys.map((key) => ({ key, name: serviceOf(key)?.name ?? key }));
  return { kinds, services };
}
