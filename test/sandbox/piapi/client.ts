import * as z from 'zod/mini';
import { type PiapiSettings, SANDBOX_KEY, startPiapi } from '../../../sandbox/piapi/piapi.ts';

const created = z.object({ task_id: z.string().check(z.minLength(1)) });

/** A stand-in with short tasks, and the calls that tests make to it. */
export async function startClient(settings: Partial<PiapiSettings> = {}) {
  const piapi = await startPiapi({ taskMilliseconds: 40, ...settings });

  async function call(path: string, init: RequestInit, key: string | undefined = SANDBOX_KEY) {
    const headers = { 'content-type': 'application/json', ...(key ? { 'X-API-Key': key } : {}) };
    const response = await fetch(piapi.url + path, { headers, ...init });
    const body: unknown = await response.json();
    return { status: response.status, headers: response.headers, body };
  }

  function post(operation: string, body: unknown, key?: string) {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return call(`/mj/v2/${operation}`, { method: 'POST', body: text }, key);
  }

  /** Starts a task; gives its id. */
  async function create(operation: string, body: unknown, key?: string): Promise<string> {
    const answer = await post(operation, body, key);
    return created.parse(answer.body).task_id;
  }

  /** Starts a task and waits for its end; gives its id. */
  async function finish(operation: string, body: unknown, key?: string): Promise<string> {
    const id = await create(operation, body, key);
    await piapi.settled();
    return id;
  }

  const get = (path: string, key?: string) => call(path, {}, key);
  return { piapi, post, create, finish, get };
}

export type Client = Awaited<ReturnType<typeof startClient>>;
