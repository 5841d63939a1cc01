import type { Bundle, PlainInputField, ZObject } from 'zapier-platform-core';
import type { HookEvent } from '../delivery/hook.ts';
import { readConnection } from '../services/connection.ts';
import type { Service } from '../services/service.ts';
import { operationChoices } from './filter_fields.ts';
import { notice } from './notice.ts';
import type { ServiceField } from './service_fields.ts';

/** Why this service never sends such an event; undefined when it does. */
export function missingEvent({ label, operations }: Service, event: HookEvent): string | undefined {
  const reportsProgress = Object.values(operations).some(({ reports }) =>
    reports.startsWith('progress'),
  );
  return event === 'task.finished' || reportsProgress
    ? undefined
    : `${label} reports only the end of a task, not its progress, so this Zap would never run. Start it with Task Finished instead.`;
}

/** The fields, with the operations to choose from filled in. */
export const withOperations = (
  fields: readonly PlainInputField[],
  choicesOf: (service: Service) => ReturnType<typeof operationChoices>,
): ServiceField[] =>
  fields.map(
    (field): ServiceField =>
      field.key === 'operations'
        ? (z, bundle) => [
            { ...field, choices: choicesOf(readConnection(z, bundle.authData).service) },
          ]
        : field,
  );

/** The fields of a hook trigger, with what depends on the chosen service filled in. */
export const triggerFields = (
  event: HookEvent,
  fields: readonly PlainInputField[],
): ServiceField[] => [
  (z: ZObject, bundle: Bundle) => {
    const reason = missingEvent(readConnection(z, bundle.authData).service, event);
    return reason === undefined ? [] : [notice('not_reported', reason)];
  },
  ...withOperations(fields, operationChoices),
];
