import type { Bundle, ZObject } from 'zapier-platform-core';
import { cacheOf } from '../delivery/cache.ts';
import { deliveryFor } from '../delivery/delivery_for.ts';
import { eventOf, type HookEvent, type Receiver } from '../delivery/hook.ts';
import { type ReceivedWebhook, readOverdue, readWebhook } from '../delivery/read_webhook.ts';
import { hookSecret } from '../delivery/secret.ts';
import { isNewEvent } from '../delivery/seen_events.ts';
import { failed, guarded } from '../errors/errors.ts';
import { inTime } from '../errors/in_time.ts';
import { operationsProblem } from '../fields/filter_fields.ts';
import { type InputSchema, inputFieldsOf } from '../fields/input.ts';
import { missingEvent, triggerFields } from '../fields/trigger_fields.ts';
import type { Task } from '../midjourney/task.ts';
import type { TaskOutput } from '../output/task_output.ts';
import { type Connection, readConnection } from '../services/connection.ts';
import { withKnownStart } from '../tasks/known_start.ts';
import { wholeEnd } from '../tasks/whole_end.ts';
import { type Filters, matches } from './filters.ts';
import { readFilters } from './read_filters.ts';
import { subscriptionOf } from './subscription.ts';

/** What makes one trigger differ from the other. */
export interface TaskTrigger {
  readonly event: HookEvent;
  readonly filters: InputSchema<Filters>;
  output(z: ZObject, task: Task, reference: string): TaskOutput;
}

/** How long an event may wait for a result that its service reported too early. */
const READ_MILLISECONDS = 20_000;

/** How long the receiver's own event may wait for the event to be passed on to others. */
const PASS_ON_MILLISECONDS = 2_000;

const isSlow = (passingOn: Promise<void>): Promise<boolean> =>
  inTime(
    PASS_ON_MILLISECONDS,
    passingOn.then(() => false),
    () => true,
  );

interface OwnEvent {
  readonly output: TaskOutput;
  /** Whether the Zap has not had it yet. From now on it has. */
  isNew(): Promise<boolean>;
}

/** How many tasks the editor's test looks at. */
const SAMPLE_SIZE = 20;

/** The hook functions and input fields of a trigger. */
export function taskHook({ event, filters: schema, output }: TaskTrigger) {
  const performSubscribe = async (z: ZObject, bundle: Bundle) => {
    const filters = readFilters(z, schema, bundle);
    const connection = readConnection(z, bundle.authData);
    const reason =
      missingEvent(connection.service, event) ??
      operationsProblem(connection.service, filters.operations);
    if (reason) {
      throw failed(z, reason, 'not_reported');
    }
    return deliveryFor(z, connection).subscribe(event, bundle.targetUrl ?? '', filters);
  };

  const performUnsubscribe = async (z: ZObject, bundle: Bundle) => {
    const { id } = subscriptionOf(event, bundle);
    await deliveryFor(z, readConnection(z, bundle.authData)).unsubscribe(id);
    return { id };
  };

  /** The event, if the Zap wants it. */
  const ownEvent = async (
    z: ZObject,
    filters: Filters,
    connection: Connection,
    { task, reference }: ReceivedWebhook,
    hook: Receiver,
  ): Promise<OwnEvent | undefined> => {
    const told =
      eventOf(task) === event
        ? await wholeEnd(z, connection, task, Date.now() + READ_MILLISECONDS)
        : undefined;
    if (!told || !matches(told, reference, filters)) {
      return undefined;
    }
    const whole = await withKnownStart(z, connection, told);
    // Made first: an event whose output fails must not be remembered as seen.
    const made = output(z, whole, reference);
    return {
      output: made,
      isNew: async () =>
        hook.id === '' || isNewEvent(cacheOf(z), hook.id, whole, filters.minimum_step),
    };
  };

  const perform = async (z: ZObject, bundle: Bundle): Promise<TaskOutput[]> => {
    const connection = readConnection(z, bundle.authData);
    const hook = subscriptionOf(event, bundle);
    const delivery = deliveryFor(z, connection);
    const overdue = readOverdue(bundle.rawRequest, connection);
    if (overdue) {
      await delivery.lookAfter(overdue);
      return [];
    }
    const ownSecret = hookSecret(connection.apiKey, hook.target_url);
    const webhook = readWebhook(z, bundle.rawRequest, connection, ownSecret);
    if (!webhook) {
      return [];
    }
    const passingOn = delivery.passOn(webhook, hook);
    try {
      const filters = readFilters(z, schema, bundle);
      const own = await ownEvent(z, filters, connection, webhook, hook);
      if (!own) {
        return [];
      }
      const isHandedOver = (await isSlow(passingOn)) && (await delivery.handOver(webhook, hook));
      // Asked last: meanwhile further progress, or the end, may have come to another run.
      return !isHandedOver && (await own.isNew()) ? [own.output] : [];
    } finally {
      await passingOn;
    }
  };

  const performList = async (z: ZObject, bundle: Bundle): Promise<TaskOutput[]> => {
    const connection = readConnection(z, bundle.authData);
    const filters = readFilters(z, schema, bundle);
    // The history does not know references, so a filter on them would only leave the editor empty.
    const reference = filters.reference ?? '';
    const { tasks } = await deliveryFor(z, connection).recentTasks('');
    return tasks
      .slice(0, SAMPLE_SIZE)
      .filter((task) => eventOf(task) === event && matches(task, reference, filters))
      .map((task) => output(z, task, reference));
  };

  return {
    type: 'hook' as const,
    inputFields: triggerFields(event, inputFieldsOf(schema)),
    performSubscribe: guarded(performSubscribe),
    performUnsubscribe: guarded(performUnsubscribe),
    perform: guarded(perform),
    performList: guarded(performList),
  };
}
