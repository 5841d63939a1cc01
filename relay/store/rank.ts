import { hasEnded, isWhole, type Task } from '../../midjourney/task.ts';

/** The highest rank of progress, which has its percentage. */
export const PROGRESS = 100;

/** An end that came without its result. The result may still come, as an event of its own. */
const END_WITHOUT_RESULT = 101;

export const END = 102;

/** Orders the events of a task. A repetition of an event has the same rank. */
export function rankOf(task: Task): number {
  if (!hasEnded(task)) {
    return task.progress ?? 0;
  }
  return isWhole(task) ? END : END_WITHOUT_RESULT;
}
