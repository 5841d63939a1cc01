import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { type ReceivedRequest, receivedRequest } from './bundle.ts';

const payloadLimit = 10 * 1024 * 1024;

type Listener = (request: ReceivedRequest) => void;

/** One callback URL. The first POST may come before the step that made the URL has ended. */
export class Callback {
  readonly path: string;
  posts = 0;
  #first: ReceivedRequest | undefined;
  #listener: Listener | undefined;

  constructor(path: string) {
    this.path = path;
  }

  receive(request: ReceivedRequest): void {
    this.posts += 1;
    if (this.posts > 1) {
      return;
    }
    this.#first = request;
    this.#listener?.(request);
  }

  /** Calls `listener` with the first POST, at once when it has come already. */
  onFirst(listener: Listener): void {
    if (this.#first === undefined) {
      this.#listener = listener;
    } else {
      listener(this.#first);
    }
  }
}

/** All callback URLs of one platform. */
export class Callbacks {
  readonly #known = new Map<string, Callback>();

  create(): Callback {
    const callback = new Callback(`/callback/${randomUUID()}`);
    this.#known.set(callback.path, callback);
    return callback;
  }

  find(path: string): Callback | undefined {
    return this.#known.get(path);
  }
}

/** `POST /callback/<id>`: answers first, resumes the step afterwards. */
export function routeCallbacks(server: FastifyInstance, callbacks: Callbacks): void {
  const options = { bodyLimit: payloadLimit };
  server.post<{ Params: { id: string } }>('/callback/:id', options, async (request, reply) => {
    const callback = callbacks.find(`/callback/${request.params.id}`);
    if (callback === undefined) {
      return reply.code(404).send();
    }
    reply.send({ status: 'success' });
    callback.receive(receivedRequest(request));
    return reply;
  });
}
