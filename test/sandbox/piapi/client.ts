import * as zod from 'zod/mini';
import { type PiapiSettings, startPiapi } from '../../../sandbox/piapi/piapi.ts';
import { jsonCalls } from '../json_calls.ts';

const created = zod.object({ task_id: zod.string().check(zod.minLength(1)) });
const createdUnified = zod.object({ data: created });

/** A stand-in for PiAPI with short tasks, and the calls that tests make to it. */
export async function startClient(settings: Partial<PiapiSettings> = {}) {
  const piapi = await startPiapi({ taskMilliseconds: 40, ...settings });
  const call = jsonCalls(piapi.url);

  const post = (operation: string, body: unknown, key?: string) =>
    call('POST', `/mj/v2/${operation}`, body, key);

  /** Starts a task. @returns its id */
  async function create(operation: string, body: unknown, key?: string): Promise<string> {
    const answer = await post(operation, body, key);
    return created.parse(answer.body).task_id;
  }

  /** Starts a task and waits for its end. @returns its id */
  async function finish(operation: string, body: unknown, key?: string): Promise<string> {
    const id = await create(operation, body, key);
    await piapi.settled();
    return id;
  }

  const get = (path: string, key?: string) => call('GET', path, undefined, key);

  /** The unified API: a Midjourney task where no other model is named. */
  const unified = {
    post: (body: unknown, key?: string) => call('POST', '/api/v1/task', body, key),
    get: (id: string, key?: string) => get(`/api/v1/task/${id}`, key),
    delete: (id: string, key?: string) => call('DELETE', `/api/v1/task/${id}`, undefined, key),

    /** Starts a task. @returns its id */
    async create(task_type: string, input: object, more: object = {}): Promise<string> {
      const answer = await unified.post({ model: 'midjourney', task_type, input, ...more });
      return createdUnified.parse(answer.body).data.task_id;
    },

    /** Starts a task and waits for its end. @returns its id */
    async finish(task_type: string, input: object, more: object = {}): Promise<string> {
      const id = await unified.create(task_type, input, more);
      await piapi.settled();
      return id;
    },
  };

  return { piapi, post, create, finish, get, unified };
}

export type Client = Awaited<ReturnType<typeof startClient>>;
