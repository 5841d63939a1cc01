import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import * as zod from 'zod/mini';

const logLine = zod.object({
  message: zod.string(),
  data: zod.record(zod.string(), zod.unknown()),
});

/** One entry of the app's log, with secrets already censored by core. */
export type LogLine = zod.infer<typeof logLine>;

async function readLines(stream: Readable): Promise<string[]> {
  let text = '';
  try {
    for await (const chunk of stream.setEncoding('utf8')) {
      text += chunk;
    }
  } catch {
    // Core breaks the request off 200 ms after an invocation: the log is what has come by then.
  }
  return text.split('\n').slice(0, -1);
}

/** `POST /log`: one streaming request per invocation, a JSON object per line. */
export function routeLog(server: FastifyInstance, logs: LogLine[]): void {
  server.register(async (sink) => {
    sink.addContentTypeParser('application/x-ndjson', async (_: unknown, body: Readable) => body);
    sink.post<{ Body: Readable }>('/log', async (request) => {
      for (const line of await readLines(request.body)) {
        logs.push(zod.parse(logLine, JSON.parse(line)));
      }
      return { status: 'success' };
    });
  });
}
