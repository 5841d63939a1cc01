import type { ZObject } from 'zapier-platform-core';
import { failed } from '../../errors/errors.ts';
import type { Task } from '../../midjourney/task.ts';
import type { Connection } from '../../services/connection.ts';
import { historyPage } from '../../services/history.ts';
import { readTasksOf } from '../../services/read_tasks.ts';
import type { TaskPage } from '../../services/service.ts';
import { type Cache, cacheOf } from '../cache.ts';
import { type Delivery, TASKS_PER_PAGE } from '../delivery.ts';
import { recentlyStarted, startedWith } from '../started_tasks.ts';
import { readDirectory } from './directory.ts';
import { handOver } from './hand_over.ts';
import { passOn } from './pass_on.ts';
import { subscribeZap } from './subscribe_zap.ts';
import { unsubscribeZap } from './unsubscribe_zap.ts';
import { webhooksThroughZaps } from './webhooks.ts';

/** The tasks that steps started, where the service lists none. */
async function startedTasks(z: ZObject, cache: Cache, connection: Connection): Promise<TaskPage> {
  const ids = connection.service.remembersLittle ? await recentlyStarted(cache) : [];
  const known = ids.length > 0 ? await readTasksOf(z, connection, ids) : new Map<string, Task>();
  return { tasks: ids.flatMap((id) => known.get(id) ?? []), next: null };
}

/** Delivery from Zap to Zap, without a server: who listens is kept in Zapier's cache. */
export function directDelivery(z: ZObject, connection: Connection): Delivery {
  const cache = cacheOf(z);
  return {
    subscribe: (event, targetUrl) => subscribeZap(z, cache, event, targetUrl),
    unsubscribe: (hookId) => unsubscribeZap(z, cache, hookId),
    webhooksFor: (step) => webhooksThroughZaps(z, cache, connection, step),
    // Only a relay asks; a Zap may be asked still when there is none any more.
    lookAfter: async () => undefined,
    handOver: (webhook, receiver) => handOver(z, connection.apiKey, webhook, receiver),
    callers: async () => {
      const { slots, complete } = await readDirectory(cache);
      return complete ? slots.length : undefined;
    },
    passOn: (webhook, receiver, end) => passOn(z, cache, connection, webhook, receiver, end),
    async recentTasks(token) {
      const page = await historyPage(z, connection, token, TASKS_PER_PAGE);
      return page.tasks.length > 0 || token !== '' ? page : startedTasks(z, cache, connection);
    },
    tasksWith: (reference) => startedWith(cache, reference),
    attention: async () => {
      throw failed(
        z,
        'This trigger reports what a relay cannot deliver, and this integration has no relay: RELAY_URL is not set in its environment. Ask whoever shared the integration with you to set up its relay; without one, use Finished Task in Account, which also finds tasks whose webhook was lost.',
        'no_relay',
      );
    },
  };
}
