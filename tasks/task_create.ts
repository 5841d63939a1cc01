import type { Bundle, InputFieldGroup, ZObject } from 'zapier-platform-core';
import { deliveryFor } from '../delivery/delivery_for.ts';
import { guarded } from '../errors/errors.ts';
import { capabilityFor, unsupportedInput } from '../fields/capability.ts';
import { checkedInput, ensureNoProblems } from '../fields/checked_input.ts';
import { withCheckedPrompt } from '../fields/checked_prompt.ts';
import { ADVANCED } from '../fields/common_fields.ts';
import { deliveryFields } from '../fields/delivery_fields.ts';
import { type Either, eitherProblems } from '../fields/either.ts';
import { inOrder } from '../fields/field_order.ts';
import { type InputSchema, inputFieldsOf } from '../fields/input.ts';
import { fieldsByService } from '../fields/service_fields.ts';
import { ALL_IMAGES } from '../midjourney/choices.ts';
import { OPERATIONS, type Operation } from '../midjourney/operations.ts';
import type { Task } from '../midjourney/task.ts';
import type { TaskInput } from '../midjourney/task_input.ts';
import { flatOutputFields } from '../output/flat_output.ts';
import { compactOutput, type OfferedOutput } from '../output/offered_output.ts';
import { asLineItems, fieldsOf } from '../output/output_fields.ts';
import { flatSampleOf, sampleOf } from '../output/samples.ts';
import { stepOutput } from '../output/step_output.ts';
import { endOfStep } from '../services/call.ts';
import { type Connection, readConnection } from '../services/connection.ts';
import { reportsUnasked } from '../services/service.ts';
import { callbackUrlOf } from './callback_url.ts';
import { ensureBalance } from './ensure_balance.ts';
import { rememberTasks } from './remember_tasks.ts';
import { resumeTask } from './resume_task.ts';
import { runToTheEnd } from './run_to_the_end.ts';
import { sampleInEditor } from './sample_in_editor.ts';
import { startTasks } from './start_tasks.ts';
import { agentCall, editorTest } from './unpaused_runs.ts';
import { withParent } from './with_parent.ts';

/** What an input is prepared with, besides itself. */
interface Preparing {
  readonly connection: Connection;
  /** Epoch milliseconds by which the step has to be done. */
  readonly end: number;
  /** What was entered, also in fields that only a chosen model has. */
  readonly inputData: Readonly<Record<string, unknown>>;
}

/** What makes one operation differ from the others. */
export interface TaskCreate<Input extends TaskInput> {
  readonly operation: Operation;
  /** Starts with a verb in the third person and ends with a period. */
  readonly description: string;
  /** The input fields, under the API's own names. */
  readonly input: InputSchema<Input>;
  readonly groups?: readonly InputFieldGroup[];
  /**
   * Turns the input into what the task is started with; a new prompt is checked when left out.
   * @throws before anything is started
   */
  prepare?(z: ZObject, input: Input, preparing: Preparing): TaskInput | Promise<TaskInput>;
  /**
   * What is done at the last moment, when the task is really started: not for a sample, nor where a
   * test picks up the task of the one before. @throws before anything is started
   */
  beforeStart?(
    z: ZObject,
    input: TaskInput,
    entered: Input,
    preparing: Preparing,
  ): Promise<TaskInput>;
  /** Two optional fields of which exactly one is filled in. */
  readonly either?: Either;
  /** The values of `index` that "all" stands for: the step starts a task for each. */
  readonly indexesOfAll?: readonly string[];
}

/** A Zapier create out of what makes an operation different. */
export function taskCreate<Input extends TaskInput>(create: TaskCreate<Input>) {
  const { operation, indexesOfAll, either } = create;
  const prepare =
    create.prepare ?? ((z: ZObject, input: Input) => withCheckedPrompt(z, input, create.input));
  const groups = [...(create.groups ?? []), ADVANCED];
  const fields = inOrder(
    [...inputFieldsOf(create.input), ...inputFieldsOf(deliveryFields)],
    groups,
  );

  const perform = async (z: ZObject, bundle: Bundle): Promise<OfferedOutput> => {
    const end = endOfStep();
    const entered = checkedInput(z, create.input, bundle.inputData);
    const delivery = checkedInput(z, deliveryFields, bundle.inputData);
    const connection = readConnection(z, bundle.authData);
    const { service } = connection;
    const capability = capabilityFor(z, service, operation);
    const { reports } = capability;
    ensureNoProblems(z, unsupportedInput(service, operation, fields, { ...entered, ...delivery }));
    ensureNoProblems(z, eitherProblems(either, capability, create.input, entered));
    const { service_mode, reference = '' } = delivery;
    const preparing = { connection, end, inputData: bundle.inputData };
    const prepared = await prepare(z, entered, preparing);
    const whole = await withParent(z, connection, operation, prepared, end);
    const input = { ...whole, ...(service_mode && { service_mode }) };
    ensureNoProblems(z, service.inputProblems?.(operation, input) ?? []);
    const inputs =
      indexesOfAll && input.index === ALL_IMAGES
        ? indexesOfAll.map((index) => ({ ...input, index }))
        : [input];
    const waits = delivery.wait_for_result ?? false;
    const inEditor = bundle.meta?.isLoadingSample === true;
    if (inEditor && delivery.test_with === 'sample') {
      return sampleInEditor(connection, operation, entered.index);
    }
    const hooks = deliveryFor(z, connection);
    const callbackUrl = waits && !inEditor ? callbackUrlOf(z) : undefined;

    const start = async (): Promise<readonly Task[]> => {
      await ensureBalance(z, connection, delivery.minimum_balance, end);
      const ready = await Promise.all(
        inputs.map((one) => create.beforeStart?.(z, one, entered, preparing) ?? one),
      );
      const { webhook, callback, ...webhooks } = await hooks.webhooksFor({
        operation,
        reports,
        reference,
        notifyProgress: delivery.notify_progress ?? true,
        callbackUrl,
        size: inputs.length,
        end,
      });
      const starts = ready.map((one) => ({ input: one, webhook }));
      const starting = { connection, operation, end: Math.min(end, webhooks.startBy) };
      const tasks = await startTasks(z, starting, starts, callback);
      await webhooks.afterStart(tasks.filter(({ id }) => id !== ''));
      const started = { reference, parent: input.origin_task_id };
      return rememberTasks(z, connection, tasks, started, end);
    };

    const run = { connection, operation, inputs, reference, end };
    if (inEditor) {
      const isUnaided = waits && reportsUnasked(reports) && (await hooks.callers()) === 0;
      return runToTheEnd(z, { ...run, ...editorTest(connection, isUnaided) }, start);
    }
    return waits && callbackUrl === undefined
      ? compactOutput(
          await runToTheEnd(z, { ...run, ...agentCall(delivery.allow_repeats ?? false) }, start),
        )
      : stepOutput(z, operation, await start(), reference);
  };

  /** Line items, once the fields are filled in so that the step starts more than one task. */
  const lineItems = async (_z: ZObject, bundle: Bundle) =>
    String(bundle.inputData.index).trim().toLowerCase() === ALL_IMAGES
      ? asLineItems(fieldsOf(operation))
      : [];

  return {
    key: operation,
    noun: 'Task',
    display: { label: OPERATIONS[operation].label, description: create.description },
    operation: {
      inputFields: fieldsByService(operation, fields, either),
      inputFieldGroups: groups,
      perform: guarded(perform),
      performResume: guarded(resumeTask(operation)),
      // Made when Zapier asks for it: the app has to start quickly.
      get sample() {
        return sampleOf(operation);
      },
      outputFields: [
        ...fieldsOf(operation),
        ...flatOutputFields(flatSampleOf(operation)),
        ...(indexesOfAll ? [lineItems] : []),
      ],
    },
  };
}
