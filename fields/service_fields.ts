import type { Bundle, PlainInputField, ZObject } from 'zapier-platform-core';
import { halted } from '../errors/errors.ts';
import { OPERATION_LABELS, type Operation } from '../midjourney/operations.ts';
import { readConnection } from '../services/connection.ts';
import type { Capability, Service } from '../services/service.ts';
import { SERVICES, servicesFor } from '../services/services.ts';

/** A field, or what the app says of it once the connection is known. */
export type ServiceField = PlainInputField | ((z: ZObject, bundle: Bundle) => PlainInputField[]);

const serviceOfBundle = (z: ZObject, bundle: Bundle): Service =>
  readConnection(z, bundle.authData).service;

/** Text between the fields. */
export const notice = (key: string, helpText: string): PlainInputField => ({
  key,
  type: 'copy',
  helpText,
});

/** What those do that cannot do this, in words. */
function cannot({ name: own, key }: Service, operation: Operation): string {
  const others = servicesFor(operation).filter((service) => service.key !== key);
  const names = others.map(({ name }) => name).join(' or ');
  return `${own} does not offer ${OPERATION_LABELS[operation]}. Choose a connection to ${names}.`;
}

const ofNothing = ({ label }: Service): string =>
  `${label} reports nothing of this kind of task, so no Zap hears of its end and the step cannot wait for it. Look it up with **Find Task** a few minutes later.`;

/** What the chosen service cannot do, before the fields. */
function noticesOf(operation: Operation, service: Service): PlainInputField[] {
  const capability = service.operations[operation];
  if (!capability) {
    return [notice('not_offered', cannot(service, operation))];
  }
  return capability.reports === 'nothing' ? [notice('not_reported', ofNothing(service))] : [];
}

/** Which of the fields about delivery make sense. */
const DELIVERY: Readonly<Record<string, (reports: Capability['reports']) => boolean>> = {
  wait_for_result: (reports) => reports !== 'nothing',
  notify_progress: (reports) => reports.startsWith('progress'),
};

const isTaken = ({ fields, reports }: Capability, key: string): boolean =>
  DELIVERY[key]?.(reports) ?? fields.includes(key);

/** The same field with the choices that the service has. */
function narrowed({ choices = {} }: Capability, field: PlainInputField): PlainInputField {
  const allowed = choices[field.key];
  return allowed && Array.isArray(field.choices)
    ? {
        ...field,
        choices: field.choices.filter((choice) =>
          allowed.includes(typeof choice === 'string' ? choice : choice.value),
        ),
      }
    : field;
}

const capabilitiesFor = (operation: Operation): Capability[] =>
  servicesFor(operation).flatMap((service) => service.operations[operation] ?? []);

/** Whether no service at all has a use for a field about delivery. */
const isVain = (operation: Operation, { key }: PlainInputField): boolean =>
  Object.hasOwn(DELIVERY, key) && !capabilitiesFor(operation).some((one) => isTaken(one, key));

/** Whether it matters for this field which service is chosen. */
function differs(operation: Operation, { key, choices }: PlainInputField): boolean {
  const capabilities = capabilitiesFor(operation);
  const isNarrowed = capabilities.some((one) => one.choices?.[key] && Array.isArray(choices));
  const takers = capabilities.filter((one) => isTaken(one, key)).length;
  return isNarrowed || (takers > 0 && takers < capabilities.length);
}

/** The fields of a step as the chosen service has them; those that are the same everywhere stay plain. */
export function fieldsByService(
  operation: Operation,
  fields: readonly PlainInputField[],
): ServiceField[] {
  const hasNotice = SERVICES.some((service) => noticesOf(operation, service).length > 0);
  return [
    ...(hasNotice
      ? [(z: ZObject, bundle: Bundle) => noticesOf(operation, serviceOfBundle(z, bundle))]
      : []),
    ...fields.flatMap((field): ServiceField[] => {
      if (isVain(operation, field)) {
        return [];
      }
      if (!differs(operation, field)) {
        return [field];
      }
      return [
        (z, bundle) => {
          const capability = serviceOfBundle(z, bundle).operations[operation];
          return capability && isTaken(capability, field.key) ? [narrowed(capability, field)] : [];
        },
      ];
    }),
  ];
}

/**
 * How the service does an operation.
 * @throws when it does not
 */
export function capabilityFor(z: ZObject, service: Service, operation: Operation): Capability {
  const capability = service.operations[operation];
  if (!capability) {
    throw halted(z, `${cannot(service, operation)}\nNothing was started.`);
  }
  return capability;
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== false;

/** What was entered that the service does not take, as "Label: what to do". */
export function untaken(
  service: Service,
  operation: Operation,
  fields: readonly PlainInputField[],
  entered: Readonly<Record<string, unknown>>,
): string[] {
  const capability = service.operations[operation];
  if (!capability) {
    return [];
  }
  return fields
    .filter(({ key }) => isGiven(entered[key]))
    .flatMap((field) => {
      const { key, label } = field;
      const allowed = capability.choices?.[key];
      if (key === 'notify_progress') {
        return [];
      }
      if (key === 'wait_for_result' && capability.reports === 'nothing') {
        return [`${label}: ${ofNothing(service).replaceAll('**', '')}`];
      }
      if (differs(operation, field) && !isTaken(capability, key)) {
        return [`${label}: ${service.label} does not take this here. Leave it empty.`];
      }
      return allowed && !allowed.includes(String(entered[key]))
        ? [`${label}: ${service.label} takes one of: ${allowed.join(', ')}.`]
        : [];
    });
}
