import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as zod from 'zod';
import type { Database } from '../database.ts';
import {
  DELIVERY_STATES,
  deliveriesOf,
  deliveryRow,
  retryDeadLetter,
} from '../store/deliveries.ts';
import { taskRow, tasksOf } from '../store/tasks.ts';
import { errorBody, Refusal } from './errors.ts';
import { connectionOf } from './identity.ts';
import { page, pageOf, pageQuery, pageWith } from './paging.ts';

/** Lists a connection's tasks and deliveries, and retries its dead letters. */
export const listRoutes =
  (database: Database): FastifyPluginAsyncZod =>
  async (server) => {
    server.get(
      '/v1/tasks',
      {
        schema: {
          summary: 'List the tasks',
          description:
            'The newest event of each task, most recently updated first. A page has fewer than `limit` where bodies are large.',
          tags: ['Tasks and deliveries'],
          security: [{ management: [] }],
          querystring: pageQuery.extend({
            reference: zod
              .string()
              .max(1000)
              .optional()
              .describe('Only tasks with this reference.'),
          }),
          response: { 200: pageOf(taskRow), '4xx': errorBody },
        },
      },
      async (request) => {
        const { after, limit, reference } = request.query;
        const { tasks, hasMore } = await tasksOf(database, connectionOf(request), {
          after,
          limit,
          reference,
        });
        return pageWith(tasks, hasMore);
      },
    );

    server.get(
      '/v1/deliveries',
      {
        schema: {
          summary: 'List the deliveries',
          description:
            'Newest first. `dead`: every attempt failed. `ended`: the hook was unsubscribed first. `overtaken`: a newer event of the task came first.',
          tags: ['Tasks and deliveries'],
          security: [{ management: [] }],
          querystring: pageQuery.extend({ state: zod.enum(DELIVERY_STATES).optional() }),
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
          summary: 'Retry a dead letter',
          tags: ['Tasks and deliveries'],
          security: [{ management: [] }],
          params: zod.object({ id: zod.string().regex(/^\d{1,18}$/) }),
          response: { 202: zod.object({ state: zod.literal('waiting') }), '4xx': errorBody },
        },
      },
      async (request, reply) => {
        if (!(await retryDeadLetter(database, connectionOf(request), request.params.id))) {
          throw new Refusal(
            404,
            'no_dead_letter',
            'There is no dead letter with this id. List them with GET /v1/deliveries?state=dead.',
          );
        }
        return reply.code(202).send({ state: 'waiting' as const });
      },
    );
  };
