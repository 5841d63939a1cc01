import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as zod from 'zod';
import type { Database } from '../database.ts';
import type { Metrics } from '../metrics.ts';
import { errorBody, Refusal } from './errors.ts';

const tags = ['Operation'];
const okBody = zod.object({ status: zod.literal('ok') });

/** Liveness, readiness and metrics, for the operator. */
export const healthRoutes =
  (database: Database, metrics: Metrics): FastifyPluginAsyncZod =>
  async (server) => {
    server.get(
      '/livez',
      { schema: { summary: 'Liveness: the process answers', tags, response: { 200: okBody } } },
      async () => ({ status: 'ok' as const }),
    );

    server.get(
      '/readyz',
      {
        schema: {
          summary: 'Readiness: the database answers',
          tags,
          response: { 200: okBody, 503: errorBody },
        },
      },
      async () => {
        try {
          await database.run('select 1');
          return { status: 'ok' as const };
        } catch {
          throw new Refusal(503, 'database', 'The database does not answer.');
        }
      },
    );

    server.get(
      '/metrics',
      { schema: { summary: 'Metrics for Prometheus', tags, response: { 200: zod.string() } } },
      async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()),
    );
  };
