import { bodyOf } from './bodies.ts';
import type { Account } from './relay.ts';
import type { RelayProcess } from './relay_process.ts';
import type { Received } from './target_server.ts';

/** Callbacks that are posted without a pause. */
export interface Load {
  /** The tasks whose ends were acknowledged, so far. */
  readonly acknowledged: readonly string[];
  /** Stops sending, and resolves once the last answer has arrived. */
  end(): Promise<void>;
}

/**
 * Posts ends of tasks, to the relays in turn and for the accounts in turn. An end that was not
 * acknowledged is not sent again.
 * @param together how many requests wait for their answers at the same time
 */
export function startLoad(
  relays: readonly RelayProcess[],
  accounts: readonly Account[],
  together = 8,
): Load {
  const acknowledged: string[] = [];
  let isOver = false;
  let sent = 0;
  const lane = async () => {
    while (!isOver) {
      const number = sent++;
      const relay = relays[number % relays.length];
      const account = accounts[number % accounts.length];
      const taskId = `task-${number}`;
      if (relay && account && (await relay.callback(account, bodyOf(taskId)))) {
        acknowledged.push(taskId);
      }
    }
  };
  const lanes = Array.from({ length: together }, lane);
  return {
    acknowledged,
    async end() {
      isOver = true;
      await Promise.all(lanes);
    },
  };
}

const TASK_ID = /"task_id":"([^"]+)"/;

/** How often a target received each task. */
export function countTasks(received: readonly Received[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { body } of received) {
    const taskId = TASK_ID.exec(body)?.[1] ?? '';
    counts.set(taskId, (counts.get(taskId) ?? 0) + 1);
  }
  return counts;
}
