import type { Bundle, PlainInputField, ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { hasForm, type Operation } from '../midjourney/operations.ts';
import { DEFAULT_VERSION, parameterValues } from '../midjourney/parameter_values.ts';
import { dependsOnVersion, isForVersion } from '../midjourney/version_rules.ts';
import { readConnection } from '../services/connection.ts';
import { type Capability, reportsUnasked, type Service } from '../services/service.ts';
import { SERVICES } from '../services/services.ts';
import {
  dependsOnService,
  isShownBySome,
  isUselessEverywhere,
  keptBriefly,
  midjourneyEnding,
  notOffered,
  notReported,
  takesField,
} from './capability.ts';
import { type Either, requiredAlone } from './either.ts';
import { isDropdown, withFilledDropdown } from './filled_dropdown.ts';
import { notice } from './notice.ts';
import { needsOnePicture, parentNotice } from './parent_notice.ts';
import { waitingNotice } from './waiting_notice.ts';

/** A field, or a function that Zapier calls for it once the connection is known. */
export type ServiceField =
  | PlainInputField
  | ((z: ZObject, bundle: Bundle) => PlainInputField[] | Promise<PlainInputField[]>);

const serviceOfBundle = (z: ZObject, bundle: Bundle): Service =>
  readConnection(z, bundle.authData).service;

/** The form of the chosen model. It is loaded when one is chosen: the app has to start quickly. */
const modelFormOf = (operation: Operation) => async (z: ZObject, bundle: Bundle) => {
  const { modelFormFields } = await import('./model_step.ts');
  return modelFormFields(z, bundle, operation);
};

/** What the chosen service cannot do, before the fields. */
function noticesFor(operation: Operation, service: Service): PlainInputField[] {
  const capability = service.operations[operation];
  if (!capability) {
    return [notice('not_offered', notOffered(service, operation))];
  }
  const ending = midjourneyEnding(service, operation);
  return [
    ...(ending ? [notice('ending', ending)] : []),
    ...(service.keeps.isShort ? [notice('kept_briefly', keptBriefly(service))] : []),
    ...(capability.reports === 'nothing' ? [notice('not_reported', notReported(service))] : []),
  ];
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

/** The version that the form is filled in for. */
const versionIn = ({ version }: Bundle['inputData']): string =>
  zod.safeParse(parameterValues().version, version).data ?? DEFAULT_VERSION;

/** A field as the chosen service has it; plain when it is the same everywhere. */
function fieldByService(
  operation: Operation,
  field: PlainInputField,
  either: Either | undefined,
): ServiceField[] {
  if (isUselessEverywhere(operation, field)) {
    return [];
  }
  const isSame = !isShownBySome(operation, field) && !either?.includes(field.key);
  if (isSame && !dependsOnVersion(field.key)) {
    return [field];
  }
  return [
    (z, bundle) => {
      const capability = serviceOfBundle(z, bundle).operations[operation];
      const isTaken =
        capability &&
        (!dependsOnService(operation, field) || takesField(capability, field.key)) &&
        isForVersion(field.key, versionIn(bundle.inputData));
      if (!isTaken) {
        return [];
      }
      const own = requiredAlone(either, capability, field);
      return isDropdown(own)
        ? withFilledDropdown(z, bundle, own).then((filled) => [filled])
        : [withChoicesOf(capability, own)];
    },
  ];
}

/**
 * The fields of a step as the chosen service has them, with what there is to say about it.
 * @param either two of them of which one is filled in
 */
export function fieldsByService(
  operation: Operation,
  fields: readonly PlainInputField[],
  either?: Either,
): ServiceField[] {
  const mayBeCalledEarly = SERVICES.some(({ operations }) =>
    reportsUnasked(operations[operation]?.reports ?? 'nothing'),
  );
  return [
    (z: ZObject, bundle: Bundle) => noticesFor(operation, serviceOfBundle(z, bundle)),
    ...fields.flatMap((field): ServiceField[] => [
      ...fieldByService(operation, field, either),
      ...(field.key === 'wait_for_result' && mayBeCalledEarly
        ? [(z: ZObject, bundle: Bundle) => waitingNotice(z, bundle, operation)]
        : []),
      ...(field.key === 'model' && hasForm(operation) ? [modelFormOf(operation)] : []),
      ...(field.key === 'origin_task_id' && needsOnePicture(operation)
        ? [(z: ZObject, bundle: Bundle) => parentNotice(z, bundle, operation)]
        : []),
    ]),
  ];
}
