import { callbackSecret, connectionId, managementToken } from '../../delivery/secret.ts';
import type { LoadRequest } from './load.ts';

/** A connection of the bench. */
export interface Caller {
  readonly key: string;
  readonly id: string;
  readonly secret: string;
}

export function callerOf(key: string): Caller {
  const secret = callbackSecret(key);
  return { key, secret, id: connectionId(secret) };
}

/** @param name of what is measured; each measurement has connections of its own */
export const callersOf = (name: string, amount: number): Caller[] =>
  Array.from({ length: amount }, (_, number) => callerOf(`bench-${name}-${number}`));

/** The end of a task, as its service sends it. */
export const endOf = (
  { id, secret }: Caller,
  task_id: string,
  { prompt = 'red fox in fresh snow', query = '' } = {},
): LoadRequest => ({
  path: `/v1/callbacks/${id}${query}`,
  headers: { 'content-type': 'application/json', 'x-webhook-secret': secret },
  body: JSON.stringify({
    task_id,
    status: 'finished',
    process_time: 30,
    meta: { task_type: 'imagine', task_request: { prompt } },
    task_result: { image_url: 'https://img.example.com/fox.png', task_progress: 100 },
  }),
});

export const authorized = ({ key }: Caller) => ({
  authorization: `Bearer ${managementToken(key)}`,
  'content-type': 'application/json',
});

/** Subscribes a hook to ends. */
export const subscribe = (relay: string, caller: Caller, target_url: string): Promise<Response> =>
  fetch(`${relay}/v1/hooks`, {
    method: 'POST',
    headers: authorized(caller),
    body: JSON.stringify({ event: 'task.finished', target_url }),
  });

/** Subscribes a hook for each caller. @param targets the URL that they share; a number follows it */
export async function subscribeAll(
  relay: string,
  callers: readonly Caller[],
  targets: string,
): Promise<void> {
  for (const [number, caller] of callers.entries()) {
    const answer = await subscribe(relay, caller, `${targets}/${number}`);
    if (answer.status !== 201) {
      throw new Error(`Subscribing a hook failed: ${answer.status} ${await answer.text()}`);
    }
  }
}

/** Ends of tasks, of the callers in turn. */
export function endsOf(
  callers: readonly Caller[],
  name: string,
  amount: number,
): { taskIds: string[]; requests: LoadRequest[] } {
  const taskIds = Array.from({ length: amount }, (_, number) => `${name}-${number}`);
  const prompt = 'red fox in fresh snow '.repeat(8);
  return {
    taskIds,
    requests: taskIds.flatMap((taskId, number) => {
      const caller = callers[number % callers.length];
      return caller ? endOf(caller, taskId, { prompt, query: `?reference=row-${number}` }) : [];
    }),
  };
}
