import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A target for the relay's deliveries: answers at once, but never at /hang, and counts what arrives. */
export interface Target {
  readonly url: string;
  /** How often each task was delivered, by task id. */
  readonly arrivals: ReadonlyMap<string, number>;
  /** When each task was delivered first, by `performance.now()`. */
  readonly arrivedAt: ReadonlyMap<string, number>;
  reset(): void;
  stop(): Promise<void>;
}

const TASK_ID = /"task_id":"([^"]+)"/;

const portOf = (address: string | AddressInfo | null): number =>
  typeof address === 'object' && address ? address.port : 0;

export async function startTarget(): Promise<Target> {
  const arrivals = new Map<string, number>();
  const arrivedAt = new Map<string, number>();
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      if (request.url?.startsWith('/hang')) {
        return;
      }
      const taskId = TASK_ID.exec(body)?.[1] ?? '';
      arrivals.set(taskId, (arrivals.get(taskId) ?? 0) + 1);
      arrivedAt.set(taskId, arrivedAt.get(taskId) ?? performance.now());
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    arrivals,
    arrivedAt,
    reset() {
      arrivals.clear();
      arrivedAt.clear();
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
