import type { Bundle, PlainInputField, ZObject } from 'zapier-platform-core';
import type { Operation } from '../midjourney/operations.ts';
import { readConnection } from '../services/connection.ts';
import { type Capability, reportsUnasked, type Service } from '../services/service.ts';
import { SERVICES } from '../services/services.ts';
import {
  dependsOnService,
  isUselessEverywhere,
  notOffered,
  notReported,
  takesField,
} from './capability.ts';
import { notice } from './notice.ts';
import { waitingNotice } from './waiting_notice.ts';

/** A field, or a function that Zapier calls for it once the connection is known. */
export type ServiceField =
  | PlainInputField
  | ((z: ZObject, bundle: Bundle) => PlainInputField[] | Promise<PlainInputField[]>);

const serviceOfBundle = (z: ZObject, bundle: Bundle): Service =>
  readConnection(z, bundle.authData).service;

/** What the chosen service cannot do, before the fields. */
function noticesFor(operation: Operation, service: Service): PlainInputField[] {
  const capability = service.operations[operation];
  if (!capability) {
    return [notice('not_offered', notOffered(service, operation))];
  }
  return capability.reports === 'nothing' ? [notice('not_reported', notReported(service))] : [];
}

/** The same field with the choices that the service has. */
function withChoicesOf({ choices = {} }: Capability, field: PlainInputField): PlainInputField {
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

/** A field as the chosen service has it; plain when it is the same everywhere. */
function fieldByService(operation: Operation, field: PlainInputField): ServiceField[] {
  if (isUselessEverywhere(operation, field)) {
    return [];
  }
  if (!dependsOnService(operation, field)) {
    return [field];
  }
  return [
    (z, bundle) => {
      const capability = serviceOfBundle(z, bundle).operations[operation];
      return capability && takesField(capability, field.key)
        ? [withChoicesOf(capability, field)]
        : [];
    },
  ];
}

/** The fields of a step as the chosen service has them, with what there is to say about it. */
export function fieldsByService(
  operation: Operation,
  fields: readonly PlainInputField[],
): ServiceField[] {
  const hasNotice = SERVICES.some((service) => noticesFor(operation, service).length > 0);
  const mayBeCalledEarly = SERVICES.some(({ operations }) =>
    reportsUnasked(operations[operation]?.reports ?? 'nothing'),
  );
  return [
    ...(hasNotice
      ? [(z: ZObject, bundle: Bundle) => noticesFor(operation, serviceOfBundle(z, bundle))]
      : []),
    ...fields.flatMap((field): ServiceField[] => [
      ...fieldByService(operation, field),
      ...(field.key === 'wait_for_result' && mayBeCalledEarly
        ? [(z: ZObject, bundle: Bundle) => waitingNotice(z, bundle, operation)]
        : []),
    ]),
  ];
}
