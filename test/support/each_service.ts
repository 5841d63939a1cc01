import { isOperation, OPERATIONS, type Operation } from '../../midjourney/operations.ts';
import { fieldsOf, OUTPUT_FIELDS } from '../../output/output_fields.ts';
import { SERVICE_KEYS, type ServiceKey } from '../../sandbox/start_service.ts';
import type { Service } from '../../services/service.ts';
import { serviceOf } from '../../services/services.ts';
import { differences } from './key_paths.ts';
import type { Worlds } from './worlds.ts';

export const ALL_OPERATIONS = Object.keys(OPERATIONS).filter(isOperation);

/** A service and its operations, grouped by what tests expect of them. */
export interface ServiceUnderTest {
  readonly key: ServiceKey;
  readonly service: Service;
  readonly offered: readonly Operation[];
  readonly missing: readonly Operation[];
  /** The operations for which a final webhook is sent. */
  readonly reported: readonly Operation[];
  readonly reportsProgress: boolean;
}

function capabilitiesOf(key: ServiceKey): ServiceUnderTest {
  const service = serviceOf(key);
  if (!service) {
    throw new Error(`services/services.ts has no ${key}.`);
  }
  const { operations } = service;
  const offered = ALL_OPERATIONS.filter((operation) => operations[operation]);
  return {
    key,
    service,
    offered,
    missing: ALL_OPERATIONS.filter((operation) => !operations[operation]),
    reported: offered.filter((operation) => operations[operation]?.reports !== 'nothing'),
    reportsProgress: Object.values(operations).some(({ reports }) =>
      reports.startsWith('progress'),
    ),
  };
}

/** Every service that has a sandbox: for `describe.each(EACH_SERVICE)('$key', …)`. */
export const EACH_SERVICE: readonly ServiceUnderTest[] = SERVICE_KEYS.map(capabilitiesOf);

/** The calls that the service gets during `run`, e.g. `POST /mj/v2/imagine`. */
export async function callsOf(
  { service }: Worlds,
  run: () => Promise<unknown>,
): Promise<readonly string[]> {
  const before = service.requests.length;
  await run();
  return service.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
}

const keysOf = (operation?: Operation): string[] =>
  (operation ? fieldsOf(operation) : OUTPUT_FIELDS).map(({ key }) => key);

/**
 * Missing and unexpected keys of an output; `output__…` keys of other models are allowed.
 * @param operation of the step that gave it; the keys of all tasks without one
 */
export const oddKeys = (output: unknown, operation?: Operation): string[] =>
  differences(Object(output), keysOf(operation)).filter((one) => !one.startsWith('has output__'));

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** An output without the keys that a step of this operation does not have, which are all empty. */
export function asStepGives(operation: Operation, output: unknown): Record<string, unknown> {
  const roots = keysOf(operation).map((key) => key.replace(/\[\].*$/, ''));
  const [own, others] = [true, false].map((isOwn) =>
    Object.entries(Object(output)).filter(
      ([key]) => (roots.includes(key) || key.startsWith('output__')) === isOwn,
    ),
  );
  expect(others?.filter(([, value]) => !isEmpty(value))).toEqual([]);
  return Object.fromEntries(own ?? []);
}
