import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as zod from 'zod';
import { eventOf } from '../../delivery/hook.ts';
import { SIGNATURE_HEADER } from '../../delivery/passed_on.ts';
import { taskIn, withoutSecret } from '../../delivery/read_webhook.ts';
import { smallBody } from '../../delivery/small_body.ts';
import { inTime } from '../../errors/in_time.ts';
import { hasEnded } from '../../midjourney/task.ts';
import { NotATask, type Service } from '../../services/service.ts';
import { FIRST_SERVICE, serviceOf } from '../../services/services.ts';
import { inBatches } from '../batches.ts';
import { type Database, isDataError } from '../database.ts';
import type { Health } from '../health.ts';
import type { Metrics } from '../metrics.ts';
import type { Settings } from '../settings.ts';
import { clean } from '../store/clean.ts';
import type { Connections, Usage } from '../store/connections.ts';
import { storeCallbacks } from '../store/intake.ts';
import { rankOf } from '../store/rank.ts';
import { summaryOf } from '../store/task_summary.ts';
import { announcedBytes, createAdmission, MAX_BODY_BYTES, SMALL_BODY_BYTES } from './admission.ts';
import { callbackQuery, stepOf } from './callback_query.ts';
import { createCallbackWatch } from './callback_watch.ts';
import { errorBody, Refusal } from './errors.ts';
import { genuineSecretOf, parametersOf } from './identity.ts';
import { createQuotas } from './quotas.ts';

/** A service that waits for longer may take it that nobody is there; what is stored later is stored once. */
const STORE_MILLISECONDS = 12_000;

/** Callbacks that share one transaction. */
const MAX_BATCH_SIZE = 64;

/** … and the deliveries that they may come to, so that a transaction stays within its time. */
const MAX_BATCH_DELIVERIES = 2_000;

/** What the service signed the body with, which only the app can judge; '' for none. */
function signatureOf({ headers }: FastifyRequest, { webhookProof }: Service): string {
  const signature = headers[SIGNATURE_HEADER];
  return webhookProof.isSigned && typeof signature === 'string' ? clean(signature) : '';
}

export const callbackRoutes =
  (
    database: Database,
    settings: Settings,
    metrics: Metrics,
    connections: Connections,
    health: Health,
  ): FastifyPluginAsyncZod =>
  async (server) => {
    const quotas = createQuotas(settings);
    const watch = createCallbackWatch(health, server.log);
    const store = inBatches(watch.watched(storeCallbacks(database)), {
      maxSize: MAX_BATCH_SIZE,
      maxWeight: MAX_BATCH_DELIVERIES,
      weightOf: ({ hooks }) => hooks,
      isItemsFault: isDataError,
    });
    const admit = createAdmission(quotas, connections);
    /** Of the requests that were admitted. */
    const usages = new WeakMap<FastifyRequest, Usage>();

    // The body is passed on unchanged, so it is read as text, whatever its content type.
    server.removeAllContentTypeParsers();
    server.addContentTypeParser(
      '*',
      { parseAs: 'string', bodyLimit: MAX_BODY_BYTES },
      (_request, body, done) => done(null, body),
    );

    server.post(
      '/v1/callbacks/:connection',
      {
        bodyLimit: MAX_BODY_BYTES,
        // Before the body is read, and after the rate limit.
        async preParsing(request, reply) {
          const began = performance.now();
          const usage = await admit(request, reply).catch((reason: unknown) => {
            watch.failed(reason, began);
            metrics.callback('refused');
            // Or the rest of a large body would be read, only to be dropped.
            if (announcedBytes(request) > SMALL_BODY_BYTES) {
              reply.header('connection', 'close');
            }
            throw reason;
          });
          usages.set(request, usage);
          // Fastify would refuse an empty or malformed content type.
          request.headers['content-type'] = 'application/json';
        },
        schema: {
          summary: 'Receive an event',
          description:
            'The webhook_endpoint of a task. Requires the secret in x-webhook-secret or in the query string. Idempotent: a repeated event is acknowledged and not delivered again.',
          tags: ['Callbacks'],
          params: zod.object({ connection: zod.string().max(100) }),
          querystring: callbackQuery,
          response: { 200: zod.object({ received: zod.literal(true) }), '4xx': errorBody },
        },
      },
      async (request) => {
        const { connection } = request.params;
        const secret = genuineSecretOf(request) ?? '';
        const parameters = parametersOf(request);
        const step = stepOf(parameters, settings);
        const received = typeof request.body === 'string' ? request.body : '';
        try {
          const body = smallBody(withoutSecret(received, secret));
          const service = serviceOf(parameters.service) ?? FIRST_SERVICE;
          const task = taskIn(service, body, parameters.operation);
          const stored = body.replaceAll('\0', '');
          if (eventOf(task) === undefined || (parameters.quiet && !hasEnded(task))) {
            return { received: true as const };
          }
          const storing = store({
            connection,
            taskId: clean(task.id),
            rank: rankOf(task),
            operation: clean(task.operation),
            status: task.status,
            reference: clean(parameters.reference),
            secret,
            body: stored,
            signature: stored === received ? signatureOf(request, service) : '',
            step,
            summary: summaryOf(task),
            hooks: usages.get(request)?.hooks ?? 0,
          });
          // Also what is stored too late for an answer.
          storing.then(
            ({ deliveries }) => quotas.delivering(connection, deliveries),
            () => undefined,
          );
          const { isNew } = await inTime(STORE_MILLISECONDS, storing, () => {
            throw new Refusal(
              503,
              'database',
              'The relay could not write this down in time. Send it again in a minute.',
            );
          });
          metrics.callback(isNew ? 'new' : 'repeated');
          return { received: true as const };
        } catch (error) {
          if (error instanceof NotATask) {
            metrics.callback('refused');
            throw new Refusal(422, 'not_a_task', `The body is no task. ${error.message}`);
          }
          throw error;
        }
      },
    );
  };
