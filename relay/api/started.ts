import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as zod from 'zod';
import { readWebhookParameters } from '../../delivery/webhook_url.ts';
import { isOperation } from '../../midjourney/operations.ts';
import { serviceOf } from '../../services/services.ts';
import type { Database } from '../database.ts';
import type { Settings } from '../settings.ts';
import { clean } from '../store/clean.ts';
import type { Connections } from '../store/connections.ts';
import { rememberStarted } from '../store/started.ts';
import { cut, LONGEST_MODEL, LONGEST_PROMPT } from '../store/task_summary.ts';
import { errorBody } from './errors.ts';
import { connectionOf, ensureAccess, secretOf } from './identity.ts';

const DAY_SECONDS = 24 * 3600;

const LONGEST_REFERENCE = 1_000;

/** Four prompts are the most that a step sends. */
const MAX_BODY_BYTES = 256 * 1024;

const started = zod.object({
  task_ids: zod.array(zod.string().min(1).max(200)).min(1).max(100),
  callback: zod
    .string()
    .max(4_000)
    .describe('The query string of the webhook URL that their ends are to come to.'),
  worry_seconds: zod
    .int()
    .min(30)
    .max(DAY_SECONDS)
    .describe('When an end that has not come is worth a question.'),
  model: zod.string().max(LONGEST_MODEL).default('').describe('What runs them, for lists.'),
  prompts: zod
    .array(zod.string().max(LONGEST_PROMPT))
    .max(100)
    .default([])
    .describe('One for each task, for lists.'),
});

/** The tasks that steps have started. */
export const startedRoutes =
  (database: Database, settings: Settings, connections: Connections): FastifyPluginAsyncZod =>
  async (server) => {
    server.post(
      '/v1/started',
      {
        bodyLimit: MAX_BODY_BYTES,
        // Before the body is read: strangers cost nothing.
        async preParsing(request) {
          connectionOf(request);
          ensureAccess(request, settings.accessToken);
        },
        schema: {
          summary: 'Look after tasks',
          description:
            'For a step that has started tasks. When the end of one does not come in time, a Zap of the connection is asked to read the task and to hand its end over; again later, further and further apart.',
          tags: ['Callbacks'],
          security: [{ management: [] }],
          body: started,
          response: { 204: zod.null(), '4xx': errorBody },
        },
      },
      async (request, reply) => {
        const connection = connectionOf(request);
        await connections.introduce(connection);
        const { task_ids, callback, worry_seconds, model, prompts } = request.body;
        const { service, operation, reference } = readWebhookParameters(callback);
        await rememberStarted(database, {
          connection,
          secret: secretOf(request),
          taskIds: task_ids.map(clean),
          callback: clean(callback),
          worrySeconds: worry_seconds,
          summary: {
            service: serviceOf(service)?.key ?? '',
            operation: isOperation(operation) ? operation : '',
            reference: cut(reference, LONGEST_REFERENCE),
            model: clean(model),
            prompts: prompts.map(clean),
          },
        });
        return reply.code(204).send(null);
      },
    );
  };
