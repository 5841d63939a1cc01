import type { PlainInputField, ZObject } from 'zapier-platform-core';
import { OPERATIONS, type Operation, runsModel } from '../midjourney/operations.ts';
import type { TaskInput } from '../midjourney/task_input.ts';
import type { Capability, Service } from '../services/service.ts';
import { SERVICES, servicesFor } from '../services/services.ts';
import { inputError } from './checked_input.ts';

/** "A, B or C" */
function namesOf(services: readonly Service[]): string {
  const names = services.map(({ name }) => name);
  const last = names.pop() ?? '';
  return names.length > 0 ? `${names.join(', ')} or ${last}` : last;
}

/** What the vendor says of its Midjourney, where an operation ends with it; other models go on. */
const endingOf = ({ endingMidjourney }: Service, operation: Operation): string | undefined =>
  runsModel(operation) ? undefined : endingMidjourney;

/** The services that go on with an operation. */
const lastingFor = (operation: Operation): readonly Service[] =>
  servicesFor(operation).filter((service) => !endingOf(service, operation));

/** That a service lacks an operation, and which ones have it. */
export function notOffered({ name }: Service, operation: Operation): string {
  const lasting = lastingFor(operation);
  const others = lasting.length > 0 ? lasting : servicesFor(operation);
  return `${name} does not offer ${OPERATIONS[operation].label}. Choose a connection to ${namesOf(others)}.`;
}

/** What the vendor says of its Midjourney, and where to go on; '' where it goes on. */
export function midjourneyEnding(service: Service, operation: Operation): string {
  const ending = endingOf(service, operation);
  const { label } = service;
  const lasting = lastingFor(operation);
  const advice =
    lasting.length > 0 ? ` Connections to ${namesOf(lasting)} have this step too.` : '';
  return ending
    ? `${label} says of its Midjourney: \u201c${ending}\u201d. The step still works as long as ${label} answers.${advice}`
    : '';
}

/** How long there is to save a result. */
export const keptBriefly = ({ label, keeps }: Service): string =>
  `${label} keeps results for ${keeps.results}: save the files in the same Zap.`;

/** That a service has an operation and sends no webhooks for it. */
export const notReported = ({ label }: Service): string =>
  `${label} sends no webhook for this kind of task, so the step cannot wait for it, and Zaps run at its end only through a relay, some minutes later. Otherwise look it up with **Find Task**.`;

/** When the fields about delivery make sense. */
const DELIVERY_FIELDS: Readonly<Record<string, (reports: Capability['reports']) => boolean>> = {
  wait_for_result: (reports) => reports !== 'nothing',
  notify_progress: (reports) => reports.startsWith('progress'),
};

/** Whether a service uses a field for an operation. */
export const takesField = ({ fields, reports }: Capability, key: string): boolean =>
  DELIVERY_FIELDS[key]?.(reports) ?? fields.includes(key);

const known = new Map<Operation, Capability[]>();

/** Found out once for each operation: every field of a step asks, and the app has to start quickly. */
function capabilitiesFor(operation: Operation): Capability[] {
  const capabilities =
    known.get(operation) ??
    servicesFor(operation).flatMap((service) => service.operations[operation] ?? []);
  known.set(operation, capabilities);
  return capabilities;
}

/** Fields that every step has and not every service takes. */
const isForSome = (key: string): boolean =>
  Object.hasOwn(DELIVERY_FIELDS, key) || key === 'service_mode';

/** Whether such a field is of use at no service at all. */
export const isUselessEverywhere = (operation: Operation, { key }: PlainInputField): boolean =>
  isForSome(key) && !capabilitiesFor(operation).some((one) => takesField(one, key));

/** Whether a field is shown, or its choices are, at some services and not at others. */
export const isShownBySome = (operation: Operation, field: PlainInputField): boolean =>
  capabilitiesFor(operation).length < SERVICES.length || dependsOnService(operation, field);

/** The same among the services that have the operation. */
export function dependsOnService(operation: Operation, { key, choices }: PlainInputField): boolean {
  const capabilities = capabilitiesFor(operation);
  const isNarrowed = capabilities.some((one) => one.choices?.[key] && Array.isArray(choices));
  const takers = capabilities.filter((one) => takesField(one, key)).length;
  return isNarrowed || ((takers > 0 || isForSome(key)) && takers < capabilities.length);
}

/**
 * How the service does an operation.
 * @throws when it does not
 */
export function capabilityFor(z: ZObject, service: Service, operation: Operation): Capability {
  const capability = service.operations[operation];
  if (!capability) {
    throw inputError(z, [notOffered(service, operation)]);
  }
  return capability;
}

/** Whether a value is a number that the service takes besides its choices. */
const isInRange = ({ ranges = {} }: Capability, key: string, value: unknown): boolean => {
  const [least, most] = ranges[key] ?? [Number.NaN, Number.NaN];
  return Number(value) >= least && Number(value) <= most;
};

/** The values that a service has for a field, in words. */
const allowedIn = ({ choices = {}, ranges = {} }: Capability, key: string): string => {
  const range = ranges[key];
  const list = choices[key]?.join(', ') ?? '';
  return range ? `${list}, or a number from ${range[0]} to ${range[1]}` : list;
};

const isGiven = (value: unknown): boolean => value !== undefined && value !== false;

/** What was entered that the service does not take, as "Label: what to do". */
export function unsupportedInput(
  service: Service,
  operation: Operation,
  fields: readonly PlainInputField[],
  entered: TaskInput,
): string[] {
  const capability = service.operations[operation];
  if (!capability) {
    return [];
  }
  const values = new Map<string, unknown>(Object.entries(entered));
  return fields
    .filter(({ key }) => isGiven(values.get(key)))
    .flatMap((field) => {
      const { key, label } = field;
      const allowed = capability.choices?.[key];
      if (key === 'notify_progress') {
        return [];
      }
      if (key === 'wait_for_result' && capability.reports === 'nothing') {
        return [`${label}: ${notReported(service).replaceAll('**', '')}`];
      }
      if (dependsOnService(operation, field) && !takesField(capability, key)) {
        return [`${label}: ${service.label} does not take this here. Leave it empty.`];
      }
      const value = values.get(key);
      return allowed && !allowed.includes(String(value)) && !isInRange(capability, key, value)
        ? [`${label}: ${service.label} takes one of: ${allowedIn(capability, key)}.`]
        : [];
    });
}
