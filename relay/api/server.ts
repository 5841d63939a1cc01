import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod';
import type { Database } from '../database.ts';
import type { Health } from '../health.ts';
import { createLiveTasks } from '../live_tasks.ts';
import type { Metrics } from '../metrics.ts';
import packageJson from '../package.json' with { type: 'json' };
import type { Settings } from '../settings.ts';
import { createConnections } from '../store/connections.ts';
import { boardRoutes } from './board.ts';
import { callbackRoutes } from './callbacks.ts';
import { connectionRoutes } from './connections.ts';
import { deliveryRoutes } from './deliveries.ts';
import { answerError, NOT_FOUND, Refusal } from './errors.ts';
import { groupRoutes } from './groups.ts';
import { healthRoutes } from './health.ts';
import { hookRoutes } from './hooks.ts';
import { liveRoutes } from './live.ts';
import { overviewRoutes } from './overview.ts';
import { rateLimitKey } from './rate_limit_key.ts';
import { createReads } from './reads.ts';
import { startedRoutes } from './started.ts';
import { taskRoutes } from './tasks.ts';

/** @param log where log lines go instead of standard output */
export async function createServer(
  database: Database,
  settings: Settings,
  metrics: Metrics,
  health: Health,
  log: NodeJS.WritableStream = process.stdout,
): Promise<FastifyInstance> {
  const server = Fastify({
    logger: { level: settings.logLevel, stream: log },
    // Fastify's own request lines hold whole URLs, with references and callback URLs.
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: 200 },
    bodyLimit: 64 * 1024,
    // Guards against slow-request attacks.
    requestTimeout: 60_000,
  });
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  server.setErrorHandler(answerError);
  server.setNotFoundHandler(() => {
    throw new Refusal(404, NOT_FOUND.code, NOT_FOUND.message);
  });
  server.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'unknown',
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
      },
      'request',
    );
  });

  const connections = createConnections(database);
  await server.register(rateLimit, {
    max: settings.requestsPerSecond,
    timeWindow: 1000,
    keyGenerator: rateLimitKey(connections, settings),
    // The route's own path: a request's path can be written in several ways, such as with %2F.
    allowList: (request) => !request.routeOptions.url?.startsWith('/v1/'),
  });
  await server.register(swagger, {
    openapi: {
      info: {
        title: 'Midjourney Relay',
        description: packageJson.description,
        version: packageJson.version,
      },
      components: {
        securitySchemes: {
          management: {
            type: 'http',
            scheme: 'bearer',
            description: 'The management token of a connection, derived from its API key.',
          },
        },
      },
    },
    transform: jsonSchemaTransform,
  });
  await server.register(swaggerUi, { routePrefix: '/docs' });
  server.get('/openapi.json', { schema: { hide: true } }, () => server.swagger());
  server.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/docs'));
  await server.register(hookRoutes(database, settings, connections));
  await server.register(callbackRoutes(database, settings, metrics, connections, health));
  await server.register(groupRoutes(database));
  await server.register(startedRoutes(database, settings, connections));
  const reads = createReads(database);
  await server.register(taskRoutes(reads, settings));
  await server.register(deliveryRoutes(database, settings));
  await server.register(connectionRoutes(database, settings));
  await server.register(overviewRoutes(reads, settings));
  await server.register(liveRoutes(createLiveTasks(database), settings, connections));
  await server.register(boardRoutes(settings));
  await server.register(healthRoutes(health, metrics));
  return server;
}
