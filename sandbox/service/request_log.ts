import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** One call to the API, images and other media left out. */
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
export class RequestLog {
  readonly requests: ApiRequest[] = [];
  /** The creates among the calls, refused ones too. */
  readonly creates: ApiRequest[] = [];
  readonly #open = new WeakMap<FastifyRequest, ApiRequest>();

  constructor(app: FastifyInstance) {
    app.addHook('onRequest', async (request) => {
      const path = request.url.replace(/\?.*$/, '');
      if (/^\/(images|media)\//.test(path)) {
        return;
      }
      const { method, query, headers } = request;
      const entry = { method, path, query, headers: { ...headers }, body: undefined, status: 0 };
      this.requests.push(entry);
      this.#open.set(request, entry);
    });
    app.addHook('preValidation', async (request) => {
      const entry = this.#open.get(request);
      if (entry !== undefined) {
        entry.body = request.body ?? undefined;
      }
    });
    app.addHook('onSend', async (request, reply) => {
      const entry = this.#open.get(request);
      if (entry !== undefined) {
        entry.status = reply.statusCode;
      }
    });
  }

  noteCreate(request: FastifyRequest): void {
    const entry = this.#open.get(request);
    if (entry !== undefined) {
      this.creates.push(entry);
    }
  }
}
