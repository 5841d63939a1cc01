import type { ZObject } from 'zapier-platform-core';
import type { Connection } from '../../services/connection.ts';
import { historyPage } from '../../services/history.ts';
import { cacheOf } from '../cache.ts';
import { type Delivery, TASKS_PER_PAGE } from '../delivery.ts';
import { readDirectory } from './directory.ts';
import { handOver } from './hand_over.ts';
import { passOn } from './pass_on.ts';
import { subscribeZap } from './subscribe_zap.ts';
import { unsubscribeZap } from './unsubscribe_zap.ts';
import { webhooksThroughZaps } from './webhooks.ts';

/** Delivery from Zap to Zap, without a server: who listens is kept in Zapier's cache. */
export function directDelivery(z: ZObject, connection: Connection): Delivery {
  const cache = cacheOf(z);
  return {
    subscribe: (event, targetUrl) => subscribeZap(z, cache, event, targetUrl),
    unsubscribe: (hookId) => unsubscribeZap(z, cache, hookId),
    webhooksFor: (step) => webhooksThroughZaps(z, cache, connection, step),
    handOver: (webhook, receiver) => handOver(z, connection.apiKey, webhook, receiver),
    callers: async () => {
      const { slots, complete } = await readDirectory(cache);
      return complete ? slots.length : undefined;
    },
    passOn: (webhook, receiver, end) => passOn(z, cache, connection, webhook, receiver, end),
    recentTasks: (token) => historyPage(z, connection, token, TASKS_PER_PAGE),
  };
}
