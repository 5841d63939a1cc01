import { type FastifyInstance, fastify } from 'fastify';
import { Refusal, refusedCall } from './refusal.ts';

const largestBody = 10 * 1024 * 1024;

/** An HTTP server that takes any body and answers refusals as `{code, message}`. */
export function apiServer(): FastifyInstance {
  // A create that hangs keeps its connection open; stopping must not wait for it.
  const app = fastify({ bodyLimit: largestBody, forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, async (_request: unknown, body: string) =>
    readBody(body),
  );
  answerRefusals(app, ({ statusCode, message }) => ({
    status: statusCode,
    body: { code: statusCode, message },
  }));
  app.setNotFoundHandler(async ({ method, url }, reply) => {
    return reply.code(404).send({ code: 404, message: `the sandbox has no ${method} ${url}` });
  });
  return app;
}

/** The status and the body of an answer. */
export interface Answer {
  readonly status: number;
  readonly body: object;
}

/** Sets the answer to refusals, the server's own too, for the routes of this scope. */
export function answerRefusals(scope: FastifyInstance, answer: (refusal: Refusal) => Answer): void {
  scope.setErrorHandler<Error & { statusCode?: number }>(async (error, _request, reply) => {
    const refusal =
      error instanceof Refusal ? error : refusedCall(error.statusCode ?? 500, error.message);
    const { status, body } = answer(refusal);
    return reply.code(status).send(body);
  });
}

/** The JSON, or the text itself when it is none: the log keeps it and the handler refuses it. */
function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
