import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { LiveTasks } from '../live_tasks.ts';
import type { Settings } from '../settings.ts';
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
  raw.once('close', () => {
    end();
    clearInterval(alive);
  });
  if (raw.destroyed) {
    raw.emit('close');
  }
  send('event: ready\ndata: {}\n\n');
}

/** Tasks as they start, move and end. */
export const liveRoutes =
  (live: LiveTasks, settings: Settings): FastifyPluginAsyncZod =>
  async (server) => {
    const streams = createBudget(MOST_STREAMS, { share: STREAMS_OF_ONE });
    server.addHook('onClose', async () => live.stop());

    server.get(
      '/v1/live',
      {
        schema: {
          summary: 'Hear of tasks',
          description:
            'A stream of server-sent events: `ready` once, then `task` with what the list has of it, whenever it starts, moves or ends.',
          tags: ['Tasks and deliveries'],
          security: [{ management: [] }],
        },
      },
      async (request, reply) => {
        const scope = scopeOf(request, settings);
        const giveBack = streams.take(scope === 'all' ? scope : scope.join(), 1);
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
        await stream(reply, live, scope).catch(() => reply.raw.destroy());
      },
    );
  };
