import type { Bundle, PlainInputField, ZObject } from 'zapier-platform-core';
import type { HookEvent } from '../delivery/hook.ts';
import { readConnection } from '../services/connection.ts';
import type { Service } from '../services/service.ts';
import { modelChoices, operationChoices } from './filter_fields.ts';
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

/** Their choices depend on the service. */
const FILLED: readonly string[] = ['operations', 'models'];

/** The fields, with the operations and models to choose from filled in. */
export const withOperations = (
  fields: readonly PlainInputField[],
  choicesOf: (service: Service) => ReturnType<typeof operationChoices>,
): ServiceField[] =>
  fields.map(
    (field): ServiceField =>
      FILLED.includes(field.key)
        ? (z, bundle) => {
            const { service } = readConnection(z, bundle.authData);
            const choices = field.key === 'models' ? modelChoices(service) : choicesOf(service);
            return [{ ...field, choices }];
          }
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
