import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { type ReceivedRequest, receivedRequest } from './bundle.ts';
import { SlidingSecond } from './sliding_second.ts';

const payloadLimit = 10 * 1024 * 1024;

type Receiver = (request: ReceivedRequest) => void;
interface Hook {
  readonly receive: Receiver;
  readonly isBusy: () => boolean;
  readonly rate: SlidingSecond;
}

/** The hook URLs of the Zaps that are on. */
export class Hooks {
  readonly #open = new Map<string, Hook>();

  /** Opens a new hook URL for an account and hands back its path. */
  open(account: string, receive: Receiver, isBusy: () => boolean): string {
    const id = randomUUID().replaceAll('-', '');
    const path = `/hooks/standard/${account}/${id}/`;
    this.#open.set(path, { receive, isBusy, rate: new SlidingSecond() });
    return path;
  }

  /** From now on the URL answers 410. */
  close(path: string): void {
    this.#open.delete(path);
  }

  closeAll(): void {
    this.#open.clear();
  }

  find(path: string): Hook | undefined {
    return this.#open.get(path);
  }
}

/** The hook URLs: they answer first and run the Zap afterwards, so the sender learns nothing of it. */
export function routeHooks(
  server: FastifyInstance,
  hooks: Hooks,
  settings: { hookRequestsPerSecond: number },
): void {
  server.route<{ Params: { account: string; hook: string } }>({
    method: ['GET', 'POST'],
    url: '/hooks/standard/:account/:hook/',
    bodyLimit: payloadLimit,
    handler: async (request, reply) => {
      const { account, hook } = request.params;
      const open = hooks.find(`/hooks/standard/${account}/${hook}/`);
      if (open === undefined) {
        return reply.code(410).send();
      }
      if (open.isBusy() || !open.rate.admits(settings.hookRequestsPerSecond)) {
        return reply.code(429).send();
      }
      reply.send({ status: 'success' });
      open.receive(receivedRequest(request));
      return reply;
    },
  });
}
