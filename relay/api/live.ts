import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { codeOf } from '../database.ts';
import type { LiveTasks } from '../live_tasks.ts';
import type { Settings } from '../settings.ts';
import type { Connections } from '../store/connections.ts';
import type { Scope } from '../store/scope.ts';
import { createBudget } from './budget.ts';
import { Refusal } from './errors.ts';
import { scopeOf } from './scope.ts';

/** Pages that are open at the same time, on one instance and of one connection. */
const MOST_STREAMS = 500;
const STREAMS_OF_ONE = 50;

const ALIVE_MILLISECONDS = 15_000;

/** A page that reads so slowly loads its list again when it is back. */
const MOST_UNSENT_BYTES = 1_000_000;

/** Server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html */
async function stream(reply: FastifyReply, live: LiveTasks, scope: Scope): Promise<void> {
  const { raw } = reply;
  const send = (text: string): void => {
    if (raw.writableLength > MOST_UNSENT_BYTES) {
      raw.destroy();
    } else {
      raw.write(text);
    }
  };
  const end = await live.listen(scope, (task) =>
    send(`event: task\ndata: ${JSON.stringify(task)}\n\n`),
  );
  const alive = setInterval(() => send(': still here\n\n'), ALIVE_MILLISECONDS);
  const stop = () => {
    end();
    clearInterval(alive);
  };
  raw.once('close', stop);
  // It may have gone while the database was asked.
  if (raw.destroyed) {
    stop();
  }
  send('event: ready\ndata: {}\n\n');
}

/** @throws Refusal when nobody has introduced any of them: strangers must not take the room of others */
async function knownIn(connections: Connections, scope: Scope): Promise<Scope> {
  if (scope === 'all') {
    return scope;
  }
  const usages = await Promise.all(scope.map((id) => connections.find(id)));
  const known = scope.filter((_, index) => usages[index]);
  if (known.length === 0) {
    throw new Refusal(401, 'unknown_connection', 'The relay knows none of these connections.');
  }
  return known;
}

/** Tasks as they start, move and end. */
export const liveRoutes =
  (live: LiveTasks, settings: Settings, connections: Connections): FastifyPluginAsyncZod =>
  async (server) => {
    const streams = createBudget(MOST_STREAMS, { share: STREAMS_OF_ONE });
    /** One of each connection that a page shows. @returns what gives them back, if there is room */
    const takeStreams = (scope: Scope): (() => void) | undefined => {
      const names = scope === 'all' ? [scope] : scope;
      const taken = names.map((name) => streams.take(name, 1));
      const giveBack = () => {
        for (const end of taken) {
          end?.();
        }
      };
      if (taken.includes(undefined)) {
        giveBack();
        return undefined;
      }
      return giveBack;
    };
    server.addHook('onClose', async () => live.stop());

    server.get(
      '/v1/live',
      {
        exposeHeadRoute: false,
        schema: {
          summary: 'Hear of tasks',
          description:
            'A stream of server-sent events: `ready` once, then `task` with what the list has of it, whenever it starts, moves or ends.',
          tags: ['Tasks and deliveries'],
          security: [{ management: [] }],
        },
      },
      async (request, reply) => {
        const scope = await knownIn(connections, scopeOf(request, settings));
        const giveBack = takeStreams(scope);
        if (!giveBack) {
          throw new Refusal(
            429,
            'too_many_streams',
            'Too many pages are open. Close some of them.',
            10,
          );
        }
        reply.raw.once('close', giveBack);
        reply.hijack();
        reply.raw.writeHead(200, {
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
        });
        await stream(reply, live, scope).catch((error: unknown) => {
          request.log.error({ code: codeOf(error) }, 'Live tasks cannot be read.');
          reply.raw.destroy();
        });
      },
    );
  };
