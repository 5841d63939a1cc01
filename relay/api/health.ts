import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as zod from 'zod';
import type { Health } from '../health.ts';
import type { Metrics } from '../metrics.ts';
import { errorBody, Refusal } from './errors.ts';

const tags = ['Operation'];
const okBody = zod.object({ status: zod.literal('ok') });

/** Liveness, readiness and metrics, for the operator. */
export const healthRoutes =
  (health: Health, metrics: Metrics): FastifyPluginAsyncZod =>
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
          summary: 'Readiness: callbacks can be written and deliveries made',
          tags,
          response: { 200: okBody, 503: errorBody },
        },
      },
      async () => {
        const problem = await health.problem();
        if (problem) {
          throw new Refusal(503, problem.code, problem.message);
        }
        return { status: 'ok' as const };
      },
    );

    server.get(
      '/metrics',
      { schema: { summary: 'Metrics for Prometheus', tags, response: { 200: zod.string() } } },
      async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()),
    );
  };
