import { setTimeout as pause } from 'node:timers/promises';
import fastify from 'fastify';
import { managementToken } from '../delivery/secret.ts';
import type { SandboxRelay } from '../sandbox/relay/relay.ts';

/** A Zap somewhere else that takes nothing, until it is mended. */
export interface HeldZap {
  stop(): Promise<void>;
}

const LOOK_AGAIN_MILLISECONDS = 200;

/**
 * Switches on a Zap that is held. Once the relay has given up its first event, which here takes no
 * day and a half, the Zap takes whatever it is sent: all that is missing is somebody who delivers it
 * again.
 */
export async function startHeldZap(relay: SandboxRelay, apiKey: string): Promise<HeldZap> {
  let calls = 0;
  let isHeld = true;
  const server = fastify();
  server.post('/hooks/shop-window', (_request, reply) => {
    calls += 1;
    return isHeld ? reply.code(503).send('The Zap is held.') : reply.send({ status: 'success' });
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  await fetch(`${relay.url}/v1/hooks`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${managementToken(apiKey)}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ event: 'task.finished', target_url: `${url}/hooks/shop-window` }),
  });

  const mend = async (): Promise<void> => {
    while (isHeld) {
      await pause(LOOK_AGAIN_MILLISECONDS, undefined, { ref: false });
      if (calls > 0) {
        // The relay writes down what the Zap answered.
        await pause(LOOK_AGAIN_MILLISECONDS, undefined, { ref: false });
        await relay.giveUp(apiKey);
        isHeld = false;
      }
    }
  };
  const mending = mend();
  return {
    async stop() {
      isHeld = false;
      await mending;
      await server.close();
    },
  };
}
