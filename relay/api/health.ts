import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as zod from 'zod';
import type { Database } from '../database.ts';
import type { Metrics } from '../metrics.ts';
import { errorBody, Refusal } from './errors.ts';

const tags = ['Operation'];
const fine = zod.object({ status: zod.literal('ok') });

/** For whoever runs the relay. */
export const healthRoutes =
  (database: Database, metrics: Metrics): FastifyPluginAsyncZod =>
  async (server) => {
    server.get(
      '/livez',
      { schema: { summary: 'Is the process up?', tags, response: { 200: fine } } },
      async () => ({ status: 'ok' as const }),
    );

    server.get(
      '/readyz',
      {
        schema: {
          summary: 'Can it take in events?',
          tags,
          response: { 200: fine, 503: errorBody },
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
      { schema: { summary: 'Figures for Prometheus', tags, response: { 200: zod.string() } } },
      async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()),
    );
  };
