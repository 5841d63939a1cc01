import { type FastifyInstance, fastify } from 'fastify';
import { Refusal, refusedWithCode } from './refusal.ts';

const largestBody = 10 * 1024 * 1024;

/** An HTTP server that takes any body and words every refusal as the API does. */
export function apiServer(): FastifyInstance {
  // A create that hangs keeps its connection open; stopping must not wait for it.
  const app = fastify({ bodyLimit: largestBody, forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, async (_request: unknown, body: string) =>
    readBody(body),
  );
  app.setErrorHandler<Error & { statusCode?: number }>(async (error, _request, reply) => {
    const known =
      error instanceof Refusal ? error : refusedWithCode(error.statusCode ?? 500, error.message);
    return reply.code(known.statusCode).send(known.body);
  });
  app.setNotFoundHandler(async (_request, reply) => {
    return reply.code(404).send({ code: 404, message: 'no such endpoint' });
  });
  return app;
}

/** The JSON, or the text itself when it is none: the log keeps it and the handler refuses it. */
function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
