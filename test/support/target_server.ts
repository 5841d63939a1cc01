import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type HttpServer, startHttpServer } from './http_server.ts';

/** A request to a target. */
export interface Received {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** The answer of a target; it is given once `held` has resolved. */
export interface TargetAnswer {
  readonly status: number;
  readonly headers?: Record<string, string | string[]>;
  readonly body?: string;
  readonly held?: Promise<unknown>;
}

/** A server on loopback that hooks may point to. Each path is a separate target. */
export interface TargetServer extends HttpServer {
  readonly received: readonly Received[];
  /** The bodies that a path received, in order. */
  bodiesAt(path: string): string[];
  /** Sets the answer from now on, for one path or for all others. */
  answer(answer: TargetAnswer, path?: string): void;
}

const OK: TargetAnswer = { status: 200 };

export async function startTarget(): Promise<TargetServer> {
  const received: Received[] = [];
  const answers = new Map<string, TargetAnswer>();
  const stopped = new AbortController();
  const server = await startHttpServer(async (request, response) => {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://target');
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) {
      body += String(chunk);
    }
    received.push({ path, query, headers: request.headers, body });
    const answer = answers.get(path) ?? answers.get('') ?? OK;
    if (answer.held) {
      const stop = pause(3_600_000, undefined, { signal: stopped.signal, ref: false });
      await Promise.race([answer.held, stop.catch(() => undefined)]);
    }
    response.writeHead(answer.status, answer.headers).end(answer.body ?? '{}');
  });
  return {
    url: server.url,
    received,
    bodiesAt: (path) => received.filter((one) => one.path === path).map(({ body }) => body),
    answer: (answer, path = '') => void answers.set(path, answer),
    async stop() {
      stopped.abort();
      await server.stop();
    },
  };
}
