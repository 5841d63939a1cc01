import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as zod from 'zod';
import { HOOK_EVENTS } from '../../delivery/hook.ts';
import type { Database } from '../database.ts';
import type { Settings } from '../settings.ts';
import { clean } from '../store/clean.ts';
import { endHook, hookRow, hooksOf, subscribe } from '../store/hooks.ts';
import { targetProblem } from '../targets.ts';
import { errorBody, Refusal } from './errors.ts';
import { connectionOf, ensureAccess } from './identity.ts';

/** As many Zaps as one account could sensibly have on. */
const MOST_HOOKS = 1000;

const wish = zod.object({
  event: zod.enum(HOOK_EVENTS),
  target_url: zod.string().describe('The hook URL of a Zap.'),
  operations: zod
    .array(zod.string().min(1).max(100))
    .max(100)
    .default([])
    .describe('Only tasks of these kinds; all when empty.'),
  reference: zod
    .string()
    .max(1000)
    .default('')
    .describe('Only tasks with exactly this reference; all when empty.'),
});

export const hookRoutes =
  (database: Database, settings: Settings): FastifyPluginAsyncZod =>
  async (server) => {
    server.post(
      '/v1/hooks',
      {
        schema: {
          summary: 'Subscribe a hook',
          description:
            'The same event and URL again is the same hook, with the filters given last.',
          tags: ['Hooks'],
          security: [{ management: [] }],
          body: wish,
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
        const { reference, operations } = request.body;
        const wished = {
          ...request.body,
          reference: clean(reference),
          operations: operations.map(clean),
        };
        const { hook, isNew } = await database.transaction(async (sql) => {
          const subscribed = await subscribe(sql, connection, wished);
          if (subscribed.isNew && (await hooksOf(sql, connection)).length > MOST_HOOKS) {
            throw new Refusal(409, 'full', `A connection can have ${MOST_HOOKS} hooks at most.`);
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
          tags: ['Hooks'],
          security: [{ management: [] }],
          response: { 200: zod.object({ data: zod.array(hookRow) }), '4xx': errorBody },
        },
      },
      async (request) => ({ data: await hooksOf(database, connectionOf(request)) }),
    );

    server.delete(
      '/v1/hooks/:id',
      {
        schema: {
          summary: 'End a hook',
          description: 'What still waits for it is not delivered. A hook that is gone is fine.',
          tags: ['Hooks'],
          security: [{ management: [] }],
          params: zod.object({ id: zod.string().max(100) }),
          response: { 204: zod.null(), '4xx': errorBody },
        },
      },
      async (request, reply) => {
        const connection = connectionOf(request);
        if (zod.uuid().safeParse(request.params.id).success) {
          await endHook(database, request.params.id, connection);
        }
        return reply.code(204).send(null);
      },
    );
  };
