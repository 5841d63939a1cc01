import { bodyOf } from './bodies.ts';
import type { Party } from './relay.ts';
import type { RelayProcess } from './relay_process.ts';
import type { Received } from './target_server.ts';

/** Callbacks that come without a pause. */
export interface Load {
  /** The tasks whose ends were acknowledged, so far. */
  readonly acknowledged: readonly string[];
  /** Sends no more, and is back when the last answer is there. */
  end(): Promise<void>;
}

/**
 * Posts ends of tasks, each of one of the parties in turn, and to one of the relays in turn. What
 * was not acknowledged is not sent again.
 * @param together how many wait for their answers at the same time
 */
export function startLoad(
  relays: readonly RelayProcess[],
  parties: readonly Party[],
  together = 8,
): Load {
  const acknowledged: string[] = [];
  let isOver = false;
  let sent = 0;
  const lane = async () => {
    while (!isOver) {
      const number = sent++;
      const relay = relays[number % relays.length];
      const party = parties[number % parties.length];
      const taskId = `task-${number}`;
      if (relay && party && (await relay.callback(party, bodyOf(taskId)))) {
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

/** How often a target was told of each task. */
export function countTasks(received: readonly Received[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { body } of received) {
    const taskId = TASK_ID.exec(body)?.[1] ?? '';
    counts.set(taskId, (counts.get(taskId) ?? 0) + 1);
  }
  return counts;
}
