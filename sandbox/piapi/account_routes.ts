import { accountId, callerOf } from '../service/accounts.ts';
import type { AddRoutes } from '../service/parts.ts';
import type { StoredTask } from '../service/stored_task.ts';

const largestPage = 100;

type Query = Readonly<Record<string, string | undefined>>;

/** `GET /account/info` and the history of an account's tasks. */
export const addAccountRoutes: AddRoutes = (scope, { settings, store }) => {
  scope.get('/account/info', async (request) => {
    const { apiKey, account } = callerOf(request, settings);
    return {
      code: 200,
      data: {
        id: accountId(apiKey),
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

  // The body is not documented: that each task has the format of the API it was created through is a guess.
  scope.get<{ Querystring: Query }>('/api/open/tasks/histories', async (request) => {
    const { apiKey } = callerOf(request, settings);
    const tasks = historyPage(store.ofAccount(apiKey), request.query);
    return { code: 200, data: tasks.map((task) => task.format.show(task)), message: 'success' };
  });
};

/** One page, newest first. Times are epoch seconds; Midjourney is called `mj` here. */
function historyPage(tasks: readonly StoredTask[], query: Query): StoredTask[] {
  const model = query.model === 'mj' ? 'midjourney' : query.model;
  const from = numberIn(query.start_time, 0);
  const to = numberIn(query.end_time, Number.POSITIVE_INFINITY);
  const page = numberIn(query.page, 1);
  const size = Math.min(numberIn(query.page_size, 20), largestPage);
  const matching = tasks.filter((task) => {
    const second = Math.floor(task.createdAt / 1000);
    return second >= from && second <= to && (!model || task.model === model);
  });
  return matching.toReversed().slice((page - 1) * size, page * size);
}

function numberIn(text: string | undefined, otherwise: number): number {
  const number = Number(text);
  return text && number >= 0 ? number : otherwise;
}
