import { createServer, type RequestListener } from 'node:http';
import { z as zod } from 'zod';

/** An HTTP server on loopback, on any free port. */
export interface HttpServer {
  /** Without a path. */
  readonly url: string;
  /** Closes all connections. */
  stop(): Promise<void>;
}

const OK: RequestListener = (_request, response) => {
  response.end('{}');
};

/** Starts a server. @param answer handles a request; without it every answer is 200 */
export async function startHttpServer(answer: RequestListener = OK): Promise<HttpServer> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = zod.object({ port: zod.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
