import { callerOf } from '../service/accounts.ts';
import type { AddRoutes } from '../service/parts.ts';
import { stableUuid } from '../service/stable_uuid.ts';

/** `GET /v2/me` */
export const addAccountRoute: AddRoutes = (scope, { settings }) => {
  scope.get('/v2/me', async (request) => {
    const { apiKey, account } = callerOf(request, settings);
    return {
      user: { id: stableUuid(`user ${apiKey}`), email: 'sandbox@example.com', role: 'MEMBER' },
      team: {
        id: stableUuid(`team ${apiKey}`),
        name: account.name,
        credits: account.credits,
        plan: account.plan,
        customerId: null,
        maxConcurrentJobs: settings.concurrency,
      },
      apiKey: { id: stableUuid(apiKey), name: 'sandbox', prefix: apiKey.slice(0, 8) },
    };
  });
};
