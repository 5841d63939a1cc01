import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as zod from 'zod';
import type { Database } from '../database.ts';
import type { Settings } from '../settings.ts';
import { DELIVERY_STATES, deliveriesOf, deliveryRow } from '../store/deliveries.ts';
import { retryDeliveries } from '../store/retry.ts';
import { errorBody, Refusal } from './errors.ts';
import { connectionOf } from './identity.ts';
import { page, pageOf, pageQuery } from './paging.ts';
import { scopeOf } from './scope.ts';

const tags = ['Tasks and deliveries'];
const security = [{ management: [] }];

const instant = zod.iso.datetime({ offset: true }).optional();

const wanted = zod.strictObject({
  connection: zod.string().max(100).optional(),
  hook_id: zod.uuid().nullable().optional().describe('null: of steps that wait.'),
  since: instant.describe('Of events that came then or later.'),
  until: instant.describe('Of events that came before then.'),
});

/** Lists deliveries, and tries those again that failed. */
export const deliveryRoutes =
  (database: Database, settings: Settings): FastifyPluginAsyncZod =>
  async (server) => {
    server.get(
      '/v1/deliveries',
      {
        schema: {
          summary: 'List the deliveries',
          description:
            'Newest first. `dead`: every attempt failed. `ended`: the hook was unsubscribed first. `overtaken`: a newer event of the task came first.',
          tags,
          security,
          querystring: zod.strictObject({
            ...pageQuery.shape,
            state: zod.enum(DELIVERY_STATES).optional(),
          }),
          response: { 200: pageOf(deliveryRow), '4xx': errorBody },
        },
      },
      async (request) => {
        const { after, limit, state } = request.query;
        const rows = await deliveriesOf(database, connectionOf(request), {
          state,
          after,
          limit: limit + 1,
        });
        return page(rows, limit);
      },
    );

    server.post(
      '/v1/deliveries/:id/retry',
      {
        schema: {
          summary: 'Deliver again',
          description: 'A dead letter, or what waits after an attempt that failed: now.',
          tags,
          security,
          params: zod.object({ id: zod.string().regex(/^\d{1,18}$/) }),
          response: { 202: zod.object({ state: zod.literal('waiting') }), '4xx': errorBody },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        if ((await retryDeliveries(database, scopeOf(request, settings), { id })) === 0) {
          throw new Refusal(
            404,
            'no_dead_letter',
            'There is no dead letter with this id, and nothing that waits after a failed attempt. List them with GET /v1/deliveries?state=dead.',
          );
        }
        return reply.code(202).send({ state: 'waiting' as const });
      },
    );

    server.post(
      '/v1/deliveries/retry',
      {
        schema: {
          summary: 'Deliver many again',
          description:
            'All dead letters that fit, and all that wait after an attempt that failed: of a connection, of a hook, of a time.',
          tags,
          security,
          body: wanted,
          response: { 202: zod.object({ retried: zod.number() }), '4xx': errorBody },
        },
      },
      async (request, reply) => {
        const { hook_id: hookId, ...rest } = request.body;
        const scope = scopeOf(request, settings);
        const retried = await retryDeliveries(database, scope, { hookId, ...rest });
        return reply.code(202).send({ retried });
      },
    );
  };
