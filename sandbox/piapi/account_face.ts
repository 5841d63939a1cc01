import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { callerOf } from './accounts.ts';
import type { PiapiSettings } from './settings.ts';
import type { StoredTask } from './stored_task.ts';
import type { TaskStore } from './task_store.ts';
import type { V2Task } from './v2_task.ts';

const largestPage = 100;

type Query = Readonly<Record<string, string | undefined>>;

/** `GET /account/info` and the history of an account's tasks. */
export function addAccountFace(
  app: FastifyInstance,
  settings: PiapiSettings,
  store: TaskStore,
  show: (task: StoredTask) => V2Task,
): void {
  app.get('/account/info', async (request) => {
    const { apiKey, account } = callerOf(request, settings);
    return {
      code: 200,
      data: {
        id: createHash('sha256').update(apiKey).digest('hex').slice(0, 24),
        name: account.name,
        plan: account.plan,
        type: 'individual',
        is_enable: true,
        credit_pack_info: { available_credits: account.credits },
        // The rate is a guess.
        equivalent_in_usd: account.credits / 1000,
      },
      message: 'success',
    };
  });

  app.get<{ Querystring: Query }>('/api/open/tasks/histories', async (request) => {
    const { apiKey } = callerOf(request, settings);
    const tasks = historyPage(store.ofAccount(apiKey), request.query);
    return { code: 200, data: tasks.map(show), message: 'success' };
  });
}

/** One page, newest first. Times are epoch seconds; `mj` is the only model there is. */
function historyPage(tasks: readonly StoredTask[], query: Query): StoredTask[] {
  if ((query.model || 'mj') !== 'mj') return [];
  const from = numberIn(query.start_time, 0);
  const to = numberIn(query.end_time, Number.POSITIVE_INFINITY);
  const page = numberIn(query.page, 1);
  const size = Math.min(numberIn(query.page_size, 20), largestPage);
  const matching = tasks.filter(({ createdAt }) => {
    const second = Math.floor(createdAt / 1000);
    return second >= from && second <= to;
  });
  return matching.toReversed().slice((page - 1) * size, page * size);
}

function numberIn(text: string | undefined, otherwise: number): number {
  const number = Number(text);
  return text && number >= 0 ? number : otherwise;
}
