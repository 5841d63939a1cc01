import type { Bundle, PlainInputField, ZObject } from 'zapier-platform-core';
import type { HookEvent } from '../delivery/direct/directory.ts';
import { readConnection } from '../services/connection.ts';
import type { Service } from '../services/service.ts';
import { operationChoices } from './filter_fields.ts';
import { notice, type ServiceField } from './service_fields.ts';

/** Why a Zap would never run with this service; undefined when it can. */
export function neverRuns({ label, operations }: Service, event: HookEvent): string | undefined {
  const tellsOfProgress = Object.values(operations).some(({ reports }) =>
    reports.startsWith('progress'),
  );
  return event === 'task.finished' || tellsOfProgress
    ? undefined
    : `${label} tells only of the end of a task, not of its progress, so this Zap would never run. Start it with Task Finished instead.`;
}

/** The fields of a trigger, with what depends on the chosen service filled in. */
export const triggerFields = (
  event: HookEvent,
  fields: readonly PlainInputField[],
): ServiceField[] => [
  (z: ZObject, bundle: Bundle) => {
    const why = neverRuns(readConnection(z, bundle.authData).service, event);
    return why === undefined ? [] : [notice('not_reported', why)];
  },
  ...fields.map(
    (field): ServiceField =>
      field.key === 'operations'
        ? (z, bundle) => {
            const choices = operationChoices(readConnection(z, bundle.authData).service);
            return [{ ...field, choices }];
          }
        : field,
  ),
];
