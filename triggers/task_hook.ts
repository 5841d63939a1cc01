import type { Bundle, ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { cacheOf } from '../delivery/cache.ts';
import {
  type HookEvent,
  hookId,
  NoSlot,
  SLOTS,
  subscribe,
  unsubscribe,
} from '../delivery/direct/directory.ts';
import { eventOf, tellOthers } from '../delivery/direct/pass_on.ts';
import { isNews } from '../delivery/memory.ts';
import { readCallback } from '../delivery/read_webhook.ts';
import { subscribeAtRelay, unsubscribeAtRelay } from '../delivery/relayed/hooks.ts';
import { relayOf } from '../delivery/relayed/relay_client.ts';
import { failed, guarded } from '../errors/errors.ts';
import { type Filters, matches } from '../fields/filter_fields.ts';
import { type InputSchema, inputFieldsOf, readInput } from '../fields/input.ts';
import { neverRuns, triggerFields } from '../fields/trigger_fields.ts';
import type { Task } from '../midjourney/task.ts';
import type { TaskOutput } from '../output/task_output.ts';
import { call } from '../services/call.ts';
import { readConnection } from '../services/connection.ts';
import { withResult } from '../services/read_tasks.ts';

/** What makes one trigger differ from the other. */
export interface TaskTrigger {
  readonly event: HookEvent;
  readonly filters: InputSchema<Filters>;
  output(z: ZObject, task: Task, reference: string): TaskOutput;
}

/** How long an event may wait for a result that its service told of too early. */
const READ_MILLISECONDS = 10_000;

const subscribeData = zod.object({ id: zod.string(), target_url: zod.string() });

/** What subscribing returned, as Zapier hands it back; empty when neither that nor the URL is there. */
function subscriptionOf(event: HookEvent, bundle: Bundle): zod.output<typeof subscribeData> {
  const read = zod.safeParse(subscribeData, bundle.subscribeData);
  const target_url = bundle.targetUrl ?? '';
  return read.success ? read.data : { id: target_url && hookId(event, target_url), target_url };
}

/** The hook functions and input fields of a trigger. */
export function taskHook(trigger: TaskTrigger) {
  const readFilters = (z: ZObject, bundle: Bundle): Filters => {
    const { input, problems } = readInput(trigger.filters, bundle.inputData);
    if (problems) {
      throw failed(
        z,
        `${problems.join('\n')}\nCorrect this in the trigger of the Zap.`,
        'invalid_input',
      );
    }
    return input;
  };

  const performSubscribe = async (z: ZObject, bundle: Bundle) => {
    const filters = readFilters(z, bundle);
    const { apiKey, service } = readConnection(z, bundle.authData);
    const why = neverRuns(service, trigger.event);
    if (why) {
      throw failed(z, why, 'not_reported');
    }
    const relay = relayOf(z, apiKey);
    if (relay) {
      return subscribeAtRelay(z, relay, trigger.event, bundle.targetUrl ?? '', filters);
    }
    try {
      return await subscribe(cacheOf(z), trigger.event, bundle.targetUrl ?? '');
    } catch (error) {
      throw error instanceof NoSlot && error.full
        ? failed(
            z,
            `${SLOTS} Zaps already listen for tasks on this account, and there is no room for more. Switch off one that is not needed, then switch this one on again.`,
            'directory_full',
          )
        : failed(
            z,
            'Zapier could not remember that this Zap listens for tasks. Wait a minute, then switch it on again.',
            'directory_unavailable',
          );
    }
  };

  const performUnsubscribe = async (z: ZObject, bundle: Bundle) => {
    const { id } = subscriptionOf(trigger.event, bundle);
    const relay = relayOf(z, readConnection(z, bundle.authData).apiKey);
    await (relay ? unsubscribeAtRelay(z, relay, id) : unsubscribe(cacheOf(z), id));
    return { id };
  };

  const perform = async (z: ZObject, bundle: Bundle): Promise<TaskOutput[]> => {
    const connection = readConnection(z, bundle.authData);
    const callback = readCallback(z, bundle.rawRequest, connection);
    if (!callback) {
      return [];
    }
    const { task, reference } = callback;
    const receiver = { ...subscriptionOf(trigger.event, bundle), event: trigger.event };
    const cache = cacheOf(z);
    const ownEvent = async (): Promise<TaskOutput[]> => {
      const filters = readFilters(z, bundle);
      if (eventOf(task) !== trigger.event || !matches(task, reference, filters)) {
        return [];
      }
      const end = Date.now() + READ_MILLISECONDS;
      // Made first: what fails here must not be remembered as heard.
      const output = trigger.output(z, await withResult(z, connection, task, end), reference);
      const isOwn =
        receiver.id === '' || (await isNews(cache, receiver.id, task, filters.minimum_step));
      return isOwn ? [output] : [];
    };
    const telling = callback.forwarded ? undefined : tellOthers(z, cache, callback, receiver);
    try {
      return await ownEvent();
    } finally {
      await telling;
    }
  };

  const performList = async (z: ZObject, bundle: Bundle): Promise<TaskOutput[]> => {
    const connection = readConnection(z, bundle.authData);
    const { history } = connection.service;
    const filters = readFilters(z, bundle);
    if (!history) {
      return [];
    }
    // The history does not know references, so a filter on them would only leave the editor empty.
    const asked = filters.reference ?? '';
    return history
      .read(await call(z, connection, history.request(1, 20)))
      .filter((task) => eventOf(task) === trigger.event && matches(task, asked, filters))
      .map((task) => trigger.output(z, task, asked));
  };

  return {
    type: 'hook' as const,
    inputFields: triggerFields(trigger.event, inputFieldsOf(trigger.filters)),
    performSubscribe: guarded(performSubscribe),
    performUnsubscribe: guarded(performUnsubscribe),
    perform: guarded(perform),
    performList: guarded(performList),
  };
}
