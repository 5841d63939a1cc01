import { createServer, type IncomingMessage } from 'node:http';
import { z as zod } from 'zod';

/** What a server answers to one request. */
export interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

export interface Server {
  readonly url: string;
  readonly received: IncomingMessage[];
  /** What comes next. */
  answer: Answer;
  stop(): Promise<void>;
}

/** An HTTP server on this machine that notes what it receives and answers as told. */
export async function startServer(): Promise<Server> {
  const received: IncomingMessage[] = [];
  const http = createServer((request, response) => {
    received.push(request);
    const { status, headers, body } = server.answer;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = zod.object({ port: zod.number() }).parse(http.address());
  const server: Server = {
    url: `http://127.0.0.1:${port}`,
    received,
    answer: { status: 200 },
    stop: () =>
      new Promise((resolve) => {
        http.closeAllConnections();
        http.close(() => resolve());
      }),
  };
  return server;
}
