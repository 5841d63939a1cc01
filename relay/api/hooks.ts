import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as zod from 'zod';
import { HOOK_EVENTS } from '../../delivery/hook.ts';
import type { Database } from '../database.ts';
import type { Settings } from '../settings.ts';
import { clean } from '../store/clean.ts';
import type { Connections } from '../store/connections.ts';
import { hookRow, hooksOf, subscribe, unsubscribe } from '../store/hooks.ts';
import { targetProblem } from '../targets.ts';
import { errorBody, Refusal } from './errors.ts';
import { connectionOf, ensureAccess } from './identity.ts';

const subscription = zod.object({
  event: zod.enum(HOOK_EVENTS),
  target_url: zod.string().describe('The hook URL of a Zap.'),
  operations: zod
    .array(zod.string().max(100).nullable())
    .max(100)
    .default([])
    .describe('Only tasks of these operations; empty: all.'),
  reference: zod
    .string()
    .max(1000)
    .default('')
    .describe(
      'Only tasks with exactly this reference, or, with `*` at its end, all that begin so; empty: all.',
    ),
});

export const hookRoutes =
  (database: Database, settings: Settings, connections: Connections): FastifyPluginAsyncZod =>
  async (server) => {
    server.post(
      '/v1/hooks',
      {
        schema: {
          summary: 'Subscribe a hook',
          description:
            'Idempotent: the same event and URL again updates the filters of the same hook.',
          tags: ['Hooks'],
          security: [{ management: [] }],
          body: subscription,
          response: { 200: hookRow, 201: hookRow, '4xx': errorBody },
        },
      },
      async (request, reply) => {
        const connection = connectionOf(request);
        ensureAccess(request, settings.accessToken);
        const problem = targetProblem(request.body.target_url, settings.targets);
        if (problem) {
          throw new Refusal(400, 'target', `target_url: ${problem}`);
        }
        await connections.introduce(connection);
        const { reference, operations } = request.body;
        const cleaned = {
          ...request.body,
          reference: clean(reference),
          // Holes in a list of a Zap.
          operations: operations.flatMap((one) => one?.trim() || []).map(clean),
        };
        const { hook, isNew } = await database.transaction(async (sql) => {
          const subscribed = await subscribe(sql, connection, cleaned);
          if (subscribed.isNew && (await hooksOf(sql, connection)).length > settings.hooksKept) {
            throw new Refusal(
              409,
              'full',
              `A connection can have ${settings.hooksKept} hooks at most. The operator sets RELAY_HOOKS.`,
            );
          }
          return subscribed;
        });
        return reply.code(isNew ? 201 : 200).send(hook);
      },
    );

    server.get(
      '/v1/hooks',
      {
        schema: {
          summary: 'List the hooks',
          description:
            'Also introduces the connection: a step asks before it starts a task. Callbacks of a connection that nobody has introduced are refused.',
          tags: ['Hooks'],
          security: [{ management: [] }],
          response: { 200: zod.object({ data: zod.array(hookRow) }), '4xx': errorBody },
        },
      },
      async (request) => {
        const connection = connectionOf(request);
        ensureAccess(request, settings.accessToken);
        await connections.introduce(connection);
        return { data: await hooksOf(database, connection) };
      },
    );

    server.delete(
      '/v1/hooks/:id',
      {
        schema: {
          summary: 'Unsubscribe a hook',
          description:
            'Its waiting deliveries are not made. Idempotent: also answers 204 for a hook that does not exist.',
          tags: ['Hooks'],
          security: [{ management: [] }],
          params: zod.object({ id: zod.string().max(100) }),
          response: { 204: zod.null(), '4xx': errorBody },
        },
      },
      async (request, reply) => {
        const connection = connectionOf(request);
        if (zod.uuid().safeParse(request.params.id).success) {
          await unsubscribe(database, request.params.id, connection);
        }
        return reply.code(204).send(null);
      },
    );
  };
