import type { Bundle, InputFieldGroup, ZObject } from 'zapier-platform-core';
import { guarded } from '../errors/errors.ts';
import { checked, ensureNone } from '../fields/checked.ts';
import { ADVANCED } from '../fields/common_fields.ts';
import { deliveryFields } from '../fields/delivery_fields.ts';
import { type InputSchema, inputFieldsOf, readInput } from '../fields/input.ts';
import { capabilityFor, fieldsByService, untaken } from '../fields/service_fields.ts';
import { OPERATION_LABELS, type Operation } from '../midjourney/operations.ts';
import { sampleOf } from '../output/samples.ts';
import { stepOutput } from '../output/step_output.ts';
import {
  flatOutputFields,
  OUTPUT_FIELDS,
  TASK_LINE_ITEMS,
  type TaskOutput,
} from '../output/task_output.ts';
import { endOfStep } from '../services/call.ts';
import { readConnection } from '../services/connection.ts';
import { resultInEditor, resumeTask } from './result.ts';
import { startTasks } from './start_tasks.ts';
import { webhooksOf } from './webhooks.ts';

type Input = Record<string, unknown>;

/** What makes one operation differ from the others. */
export interface TaskCreate {
  readonly operation: Operation;
  /** Starts with a verb in the third person and ends with a period. */
  readonly description: string;
  /** What the service is told, under the API's own field names. */
  readonly input: InputSchema<Input>;
  readonly groups?: readonly InputFieldGroup[];
  /** What the service is told instead of what was entered. @throws before anything is started */
  prepare?(z: ZObject, input: Input): Input | Promise<Input>;
  /** The tasks that the step starts, when it can be more than one. */
  tasks?(input: Input): readonly Input[];
}

/** A Zapier create out of what makes an operation different. */
export function taskCreate(create: TaskCreate) {
  const { operation } = create;
  const fields = [...inputFieldsOf(create.input), ...inputFieldsOf(deliveryFields)];

  const perform = async (z: ZObject, bundle: Bundle): Promise<TaskOutput> => {
    const end = endOfStep();
    const entered = checked(z, readInput(create.input, bundle.inputData));
    const delivery = checked(z, readInput(deliveryFields, bundle.inputData));
    const connection = readConnection(z, bundle.authData);
    const { service } = connection;
    const { reports } = capabilityFor(z, service, operation);
    ensureNone(z, untaken(service, operation, fields, { ...entered, ...delivery }));
    const { service_mode, wait_for_result: waits = false, reference = '' } = delivery;
    const input = {
      ...(create.prepare ? await create.prepare(z, entered) : entered),
      ...(service_mode && { service_mode }),
    };
    ensureNone(z, service.inputProblems?.(operation, input) ?? []);
    const inputs = create.tasks?.(input) ?? [input];
    const inEditor = bundle.meta?.isLoadingSample === true;

    const { webhook, callback, afterStart } = await webhooksOf(z, {
      apiKey: connection.apiKey,
      service: service.key,
      reports,
      reference,
      notifyProgress: delivery.notify_progress ?? true,
      pauses: waits && !inEditor,
      size: inputs.length,
    });
    const orders = inputs.map((told) => ({ input: told, webhook }));
    const starting = { connection, operation, end, inGroup: inputs.length > 1 };
    const tasks = await startTasks(z, starting, orders, callback);
    await afterStart(tasks);
    return waits && inEditor
      ? resultInEditor(z, connection, operation, tasks, reference, end)
      : stepOutput(z, tasks, reference);
  };

  /** Line items, once the fields are filled in so that the step starts more than one task. */
  const lineItems = async (_z: ZObject, bundle: Bundle) =>
    (create.tasks?.(bundle.inputData).length ?? 1) > 1 ? TASK_LINE_ITEMS : [];

  const sample = sampleOf(operation);
  return {
    key: operation,
    noun: 'Task',
    display: { label: OPERATION_LABELS[operation], description: create.description },
    operation: {
      inputFields: fieldsByService(operation, fields),
      inputFieldGroups: [...(create.groups ?? []), ADVANCED],
      perform: guarded(perform),
      performResume: guarded(resumeTask(operation)),
      sample,
      outputFields: [
        ...OUTPUT_FIELDS,
        ...flatOutputFields(sample),
        ...(create.tasks ? [lineItems] : []),
      ],
    },
  };
}
