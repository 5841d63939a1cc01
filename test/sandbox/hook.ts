import { createServer, type IncomingHttpHeaders } from 'node:http';
import * as z from 'zod/mini';

/** What v2 tells, and what the others wrap in `data`; LegNext gives no progress. */
const told = z.union([
  z.object({ status: z.string(), task_result: z.object({ task_progress: z.number() }) }),
  z.object({
    data: z.object({
      status: z.string(),
      output: z.object({ progress: z.optional(z.number()) }),
    }),
  }),
]);

function stateOf(body: unknown): string {
  const read = told.parse(body);
  return 'data' in read
    ? `${read.data.status} ${read.data.output.progress ?? ''}`.trim()
    : `${read.status} ${read.task_result.task_progress}`;
}

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  /** Such as `processing 46`. */
  readonly state: string;
}

/** A webhook receiver; `answer` gives the status for the nth POST, from 1. */
export async function startHook(answer: (nth: number) => number = () => 200) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request.setEncoding('utf8')) text += piece;
    const body: unknown = JSON.parse(text);
    received.push({ headers: request.headers, body, state: stateOf(body) });
    response.writeHead(answer(received.length)).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    states: () => received.map(({ state }) => state),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type Hook = Awaited<ReturnType<typeof startHook>>;
