import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** One call to the API, images left out. */
export interface ApiRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: unknown;
  readonly headers: IncomingHttpHeaders;
  /** What the JSON says, or the text when it is none; `undefined` without a body. */
  body: unknown;
  /** 0 until it is answered. */
  status: number;
}

/** Writes down every call from when it arrives; its status is there before its caller has it. */
export function logRequests(app: FastifyInstance, requests: ApiRequest[]): void {
  const open = new WeakMap<FastifyRequest, ApiRequest>();

  app.addHook('onRequest', async (request) => {
    const path = request.url.replace(/\?.*$/, '');
    if (path.startsWith('/images/')) return;
    const { method, query, headers } = request;
    const entry = { method, path, query, headers: { ...headers }, body: undefined, status: 0 };
    requests.push(entry);
    open.set(request, entry);
  });
  app.addHook('preValidation', async (request) => {
    const entry = open.get(request);
    if (entry !== undefined) entry.body = request.body ?? undefined;
  });
  app.addHook('onSend', async (request, reply) => {
    const entry = open.get(request);
    if (entry !== undefined) entry.status = reply.statusCode;
  });
}
