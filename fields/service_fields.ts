import type { Bundle, PlainInputField, ZObject } from 'zapier-platform-core';
import type { Operation } from '../midjourney/operations.ts';
import { readConnection } from '../services/connection.ts';
import type { Capability, Service } from '../services/service.ts';
import { SERVICES } from '../services/services.ts';
import {
  dependsOnService,
  isUselessEverywhere,
  notOffered,
  notReported,
  takesField,
} from './capability.ts';
import { notice } from './notice.ts';

/** A field, or a function that Zapier calls for it once the connection is known. */
export type ServiceField = PlainInputField | ((z: ZObject, bundle: Bundle) => PlainInputField[]);

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

/** The fields of a step as the chosen service has them; those that are the same everywhere stay plain. */
export function fieldsByService(
  operation: Operation,
  fields: readonly PlainInputField[],
): ServiceField[] {
  const hasNotice = SERVICES.some((service) => noticesFor(operation, service).length > 0);
  return [
    ...(hasNotice
      ? [(z: ZObject, bundle: Bundle) => noticesFor(operation, serviceOfBundle(z, bundle))]
      : []),
    ...fields.flatMap((field): ServiceField[] => {
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
    }),
  ];
}
