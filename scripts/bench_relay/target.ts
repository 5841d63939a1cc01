import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A target for the relay's deliveries. It answers at once, at /slow after two seconds, and at /hang
 * never; what arrives is remembered, but not at /hang.
 */
export interface Target {
  readonly url: string;
  /** When each task arrived, each time, by task id and by `performance.now()`. */
  readonly arrivals: ReadonlyMap<string, readonly number[]>;
  reset(): void;
  stop(): Promise<void>;
}

const TASK_ID = /"task_id":"([^"]+)"/;

const SLOW_MILLISECONDS = 2_000;

const portOf = (address: string | AddressInfo | null): number =>
  typeof address === 'object' && address ? address.port : 0;

export async function startTarget(): Promise<Target> {
  const arrivals = new Map<string, number[]>();
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
      const times = arrivals.get(taskId) ?? [];
      times.push(performance.now());
      arrivals.set(taskId, times);
      if (request.url?.startsWith('/slow')) {
        setTimeout(() => response.end('{}'), SLOW_MILLISECONDS);
      } else {
        response.end('{}');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    arrivals,
    reset: () => arrivals.clear(),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
