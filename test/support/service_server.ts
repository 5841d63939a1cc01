import type { IncomingMessage } from 'node:http';
import { type HttpServer, startHttpServer } from './http_server.ts';

/** The answer of a server to one request. */
export interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

export interface Server extends HttpServer {
  readonly received: IncomingMessage[];
  /** The answer to the following requests. */
  answer: Answer;
}

/** An HTTP server on this machine that records requests and gives the answer that is set. */
export async function startServer(): Promise<Server> {
  const received: IncomingMessage[] = [];
  const http = await startHttpServer((request, response) => {
    received.push(request);
    const { status, headers, body } = server.answer;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
  });
  const server: Server = { ...http, received, answer: { status: 200 } };
  return server;
}
