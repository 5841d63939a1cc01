import { createServer, type IncomingHttpHeaders } from 'node:http';
import * as z from 'zod/mini';

const task = z.object({
  task_id: z.string(),
  status: z.string(),
  task_result: z.object({ task_progress: z.number() }),
});

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
    const { status, task_result } = task.parse(body);
    received.push({
      headers: request.headers,
      body,
      state: `${status} ${task_result.task_progress}`,
    });
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
