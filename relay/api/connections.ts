import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as zod from 'zod';
import type { Database } from '../database.ts';
import type { Settings } from '../settings.ts';
import { clean } from '../store/clean.ts';
import { knownConnection, knownConnections, nameConnection } from '../store/known_connections.ts';
import { errorBody, Refusal } from './errors.ts';
import { ensureAccess } from './identity.ts';
import { ensureOperator, scopeOf } from './scope.ts';

const tags = ['Connections'];
const security = [{ management: [] }];

/** The connections that a request may see. */
export const connectionRoutes =
  (database: Database, settings: Settings): FastifyPluginAsyncZod =>
  async (server) => {
    server.get(
      '/v1/connections',
      {
        schema: {
          summary: 'List the connections',
          description:
            'Of the tokens, those that the relay knows. A page signs in with it, so it needs the access token where there is one.',
          tags,
          security,
          response: {
            200: zod.object({ data: zod.array(knownConnection), operator: zod.boolean() }),
            '4xx': errorBody,
          },
        },
      },
      async (request) => {
        const scope = scopeOf(request, settings);
        if (scope !== 'all') {
          ensureAccess(request, settings.accessToken);
        }
        return { data: await knownConnections(database, scope), operator: scope === 'all' };
      },
    );

    server.put(
      '/v1/connections/:connection',
      {
        schema: {
          summary: 'Name a connection',
          description: 'For whoever runs the relay.',
          tags,
          security,
          params: zod.object({ connection: zod.string().max(100) }),
          body: zod.strictObject({ name: zod.string().trim().max(100) }),
          response: { 204: zod.null(), '4xx': errorBody },
        },
      },
      async (request, reply) => {
        ensureOperator(request, settings);
        const { connection } = request.params;
        if (!(await nameConnection(database, connection, clean(request.body.name)))) {
          throw new Refusal(404, 'not_found', 'The relay knows no such connection.');
        }
        return reply.code(204).send(null);
      },
    );
  };
