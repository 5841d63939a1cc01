import { accountId, activeTasksOf, CREDITS_PER_USD, callerOf } from '../service/accounts.ts';
import type { AddRoutes } from '../service/parts.ts';

/** `GET /account/info` and `GET /account/active_tasks` */
export const addAccountRoutes: AddRoutes = (scope, { settings, store }) => {
  scope.get('/account/active_tasks', async (request) => {
    const { apiKey } = callerOf(request, settings);
    return { code: 200, data: activeTasksOf(store.ofAccount(apiKey)), message: 'success' };
  });

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
        equivalent_in_usd: account.credits / CREDITS_PER_USD,
      },
      message: 'success',
    };
  });
};
