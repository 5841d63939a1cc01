import type { ZObject } from 'zapier-platform-core';
import { deliveryFor } from '../delivery/delivery_for.ts';
import { mayBeOf } from '../midjourney/operations.ts';
import { hasEnded, type Task } from '../midjourney/task.ts';
import type { Connection } from '../services/connection.ts';
import { readTasksOf } from '../services/read_tasks.ts';

/** What a task has to be like; a part that is left out fits all. */
export interface Wanted {
  readonly operation?: string | undefined;
  readonly outcome?: 'any' | 'running' | 'succeeded' | 'failed' | undefined;
  /** Each of its words is in the prompt. */
  readonly prompt_words?: string | undefined;
  /** Epoch milliseconds. */
  readonly since?: number | undefined;
  readonly reference?: string | undefined;
}

/** How many pages of the account's tasks are looked through. */
const MOST_PAGES = 4;

/** A page may take its time; none is asked for with less left. */
const PAGE_MILLISECONDS = 8_000;

const isFrom = (task: Task, since: number): boolean =>
  Date.parse(task.createdAt || task.finishedAt) >= since;

const OUTCOMES: Readonly<Record<NonNullable<Wanted['outcome']>, (task: Task) => boolean>> = {
  any: () => true,
  running: (task) => !hasEnded(task),
  succeeded: ({ status }) => status === 'finished',
  failed: ({ status }) => status === 'failed',
};

const fits = (task: Task, wanted: Wanted): boolean => {
  const words = (wanted.prompt_words ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return (
    OUTCOMES[wanted.outcome ?? 'any'](task) &&
    (wanted.operation === undefined || mayBeOf(task.operation, wanted.operation)) &&
    (wanted.since === undefined || isFrom(task, wanted.since)) &&
    words.every((word) => task.prompt.toLowerCase().includes(word))
  );
};

/** Tasks, and how many more of those looked at fit as well. */
export interface FoundTasks {
  readonly tasks: readonly Task[];
  readonly more: number;
}

const firstOf = (tasks: readonly Task[], most: number): FoundTasks => ({
  tasks: tasks.slice(0, most),
  more: Math.max(0, tasks.length - most),
});

/**
 * The newest tasks that fit, as many as are wanted. With a reference only those are looked at that the
 * relay or the memory knows by it; without, the account's recent ones.
 * @param end epoch milliseconds
 */
export async function findTasks(
  z: ZObject,
  connection: Connection,
  wanted: Wanted,
  most: number,
  end: number,
): Promise<FoundTasks> {
  const delivery = deliveryFor(z, connection);
  if (wanted.reference !== undefined) {
    const ids = await delivery.tasksWith(wanted.reference);
    const known = ids.length > 0 ? await readTasksOf(z, connection, ids, end) : new Map();
    const fitting = ids
      .flatMap((id): Task[] => known.get(id) ?? [])
      .filter((task) => fits(task, wanted));
    return firstOf(fitting, most);
  }
  const found: Task[] = [];
  let token: string | null = '';
  for (let page = 0; page < MOST_PAGES && token !== null; page += 1) {
    const { tasks, next }: Awaited<ReturnType<typeof delivery.recentTasks>> =
      await delivery.recentTasks(token);
    found.push(...tasks.filter((task) => fits(task, wanted)));
    const { since } = wanted;
    const isPast = since !== undefined && tasks.some((task) => !isFrom(task, since));
    const isOver = found.length >= most || isPast || end - Date.now() < PAGE_MILLISECONDS;
    token = isOver ? null : next;
  }
  return firstOf(found, most);
}
