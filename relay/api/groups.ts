import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as zod from 'zod';
import type { Database } from '../database.ts';
import { clean } from '../store/clean.ts';
import { shrinkGroup } from '../store/task_groups.ts';
import { errorBody } from './errors.ts';
import { connectionOf } from './identity.ts';

/** How many tasks a waiting step has started together. */
export const groupSize = zod.coerce.number().int().min(1).max(100);

/** The groups of tasks that steps wait for. */
export const groupRoutes =
  (database: Database): FastifyPluginAsyncZod =>
  async (server) => {
    server.put(
      '/v1/groups/:group',
      {
        schema: {
          summary: 'Make a group smaller',
          description:
            'For a step that waits for several tasks of which the service has refused some.',
          tags: ['Callbacks'],
          security: [{ management: [] }],
          params: zod.object({ group: zod.string().min(1).max(100) }),
          body: zod.object({ group_size: groupSize }),
          response: { 204: zod.null(), '4xx': errorBody },
        },
      },
      async (request, reply) => {
        await shrinkGroup(database, connectionOf(request), {
          name: clean(request.params.group),
          size: request.body.group_size,
        });
        return reply.code(204).send(null);
      },
    );
  };
