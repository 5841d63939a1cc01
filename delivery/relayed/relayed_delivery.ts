import type { ZObject } from 'zapier-platform-core';
import type { Connection } from '../../services/connection.ts';
import type { Delivery } from '../delivery.ts';
import { attentionAtRelay } from './attention.ts';
import { subscribeAtRelay, unsubscribeAtRelay } from './hooks.ts';
import { lookAfterAtRelay } from './look_after.ts';
import type { Relay } from './relay_client.ts';
import { idsAtRelay, tasksAtRelay } from './tasks.ts';
import { webhooksAtRelay } from './webhooks.ts';

/**
 * Delivery through a relay: a server that remembers who listens and delivers every event.
 * @param direct for what the relay does not know: tasks from before it was set up
 */
export const relayedDelivery = (
  z: ZObject,
  connection: Connection,
  relay: Relay,
  direct: Delivery,
): Delivery => ({
  subscribe: (event, targetUrl, filters) => subscribeAtRelay(z, relay, event, targetUrl, filters),
  unsubscribe: (hookId) => unsubscribeAtRelay(z, relay, hookId),
  webhooksFor: (step) => webhooksAtRelay(z, connection, relay, step),
  handOver: direct.handOver,
  lookAfter: (overdue) => lookAfterAtRelay(z, connection, relay, overdue),
  callers: async () => undefined,
  async passOn(webhook, receiver, end) {
    // A hook that the service itself called belongs to a task from before the relay. A waiting step
    // is called by the relay, which delivers to all others as well.
    if (receiver) {
      await direct.passOn(webhook, receiver, end);
    }
  },
  recentTasks: async (token) =>
    (await tasksAtRelay(z, connection, relay, token)) ?? direct.recentTasks(token),
  async tasksWith(reference) {
    const known = await idsAtRelay(z, relay, reference);
    return known.length > 0 ? known : direct.tasksWith(reference);
  },
  attention: () => attentionAtRelay(z, relay),
});
