import { setTimeout as pause } from 'node:timers/promises';
import { managementToken } from '../../delivery/secret.ts';
import type { Attack } from './attacks.ts';
import { authorized, callerOf } from './caller.ts';
import type { Program } from './program.ts';

/** Two clients side by side, with as many tasks each as a relay looks after. */
const CLIENTS = [callerOf('bench-board-1'), callerOf('bench-board-2')];
const TASKS_EACH = 5_000;
const TOGETHER = 100;

const NEXT_MILLISECONDS = 500;

/** Tasks that steps have started. */
async function startTasks({ address }: Program): Promise<void> {
  for (const caller of CLIENTS) {
    for (let first = 0; first < TASKS_EACH; first += TOGETHER) {
      const ids = Array.from({ length: TOGETHER }, (_, number) => `board-${first + number}`);
      const answer = await fetch(`${address}/v1/started`, {
        method: 'POST',
        headers: authorized(caller),
        body: JSON.stringify({
          task_ids: ids,
          prompts: ids.map((id) => `red fox in fresh snow, ${id}`),
          model: 'midjourney',
          callback: 'service=piapi_v2&operation=imagine&reference=row-1',
          worry_seconds: 3_600,
        }),
      });
      if (answer.status !== 204) {
        throw new Error(`Starting tasks failed: ${answer.status} ${await answer.text()}`);
      }
    }
  }
}

/** All that the page asks for, once. */
async function open({ address }: Program, signal: AbortSignal): Promise<void> {
  const authorization = `Bearer ${CLIENTS.map(({ key }) => managementToken(key)).join(',')}`;
  const month = new Date(Date.now() - 29 * 24 * 3600 * 1000).toISOString().slice(0, 10);
  const paths = [
    ...['/board', '/v1/connections', '/v1/attention', '/v1/tasks/choices'],
    ...['/v1/tasks?body=false&limit=100', `/v1/figures?since=${month}`],
  ];
  await Promise.all(
    paths.map(async (path) => {
      const answer = await fetch(address + path, { headers: { authorization }, signal });
      await answer.arrayBuffer();
    }),
  );
}

/** The board with 10,000 tasks is opened twice a second. */
export const openBoards: Attack = async (relay, _target, signal) => {
  await startTasks(relay);
  while (!signal.aborted) {
    const opened = open(relay, signal).catch((error: unknown) => {
      if (!signal.aborted) {
        throw error;
      }
    });
    await Promise.all([opened, pause(NEXT_MILLISECONDS)]);
  }
  return 0;
};
