import { addCreate } from '../service/create_route.ts';
import type { AddRoutes } from '../service/parts.ts';
import { refusedCall } from '../service/refusal.ts';
import { answerRefusals } from '../service/server.ts';
import { addAccountRoute } from './account_route.ts';
import { BODIES } from './bodies.ts';
import { createJob } from './create_job.ts';
import { IdempotencyKeys } from './idempotency_keys.ts';
import { STATUS_WORDS } from './job.ts';
import { jobFormat } from './job_format.ts';
import { addJobRoutes } from './job_routes.ts';
import { apiframeRefusal } from './refusals.ts';

/** A mask may have 12,000,000 characters. */
const bodyLimit = 13 * 1024 * 1024;

/** Every route below `/v2` that needs a key: creates, jobs, the account. */
export const addApiframeApi: AddRoutes = (scope, parts) => {
  const format = jobFormat(parts);
  const replays = new IdempotencyKeys(parts.settings);
  answerRefusals(scope, apiframeRefusal);
  scope.addHook('onRequest', async ({ headers }) => {
    if (!headers['x-api-key']) {
      throw refusedCall(401, 'API key is required');
    }
  });
  for (const [route, schema] of Object.entries(BODIES)) {
    addCreate(scope, parts, {
      ...{ path: `/v2/${route}`, bodyLimit, status: 202, replays },
      read: (body, apiKey) => createJob({ route, schema, body, apiKey, format }, parts),
      answer: ({ id, status }) => ({ jobId: id, status: STATUS_WORDS[status] }),
    });
  }
  addJobRoutes(scope, parts);
  addAccountRoute(scope, parts);
  scope.all('/v2/*', async () => {
    throw refusedCall(404, 'Not found');
  });
};
