import type { IncomingHttpHeaders } from 'node:http';
import * as zod from 'zod/mini';
import { startHttpServer } from '../support/http_server.ts';

/** The body of v2, which the other APIs wrap in `data`, and of APIFRAME; LegNext sends no progress. */
const webhookBody = zod.union([
  zod.object({ status: zod.string(), task_result: zod.object({ task_progress: zod.number() }) }),
  zod.object({
    data: zod.object({
      status: zod.string(),
      output: zod.object({ progress: zod.optional(zod.number()) }),
    }),
  }),
  zod.object({ event: zod.string(), progress: zod.optional(zod.number()) }),
]);

function stateOf(body: unknown): string {
  const read = webhookBody.parse(body);
  if ('event' in read) {
    return `${read.event} ${read.progress ?? ''}`.trim();
  }
  return 'data' in read
    ? `${read.data.status} ${read.data.output.progress ?? ''}`.trim()
    : `${read.status} ${read.task_result.task_progress}`;
}

interface Received {
  readonly headers: IncomingHttpHeaders;
  /** The body as it was sent. */
  readonly text: string;
  readonly body: unknown;
  /** Such as `processing 46`. */
  readonly state: string;
}

/** A webhook receiver; `answer` gives the status for the nth POST, from 1. */
export async function startHook(answer: (nth: number) => number = () => 200) {
  const received: Received[] = [];
  const { url, stop } = await startHttpServer(async (request, response) => {
    let text = '';
    for await (const piece of request.setEncoding('utf8')) {
      text += piece;
    }
    const body: unknown = JSON.parse(text);
    received.push({ headers: request.headers, text, body, state: stateOf(body) });
    response.writeHead(answer(received.length)).end();
  });
  return { url: `${url}/hook`, received, states: () => received.map(({ state }) => state), stop };
}

export type Hook = Awaited<ReturnType<typeof startHook>>;
