import type { Zap } from '../sandbox/zapier/zapier.ts';
import type { Kept } from './events.ts';
import { runsOf } from './runs.ts';

const isRising = (numbers: readonly number[]): boolean =>
  numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0));

/** What the product promises, checked against what the Zaps received. */
export function keptPromises(tasks: ReadonlyMap<string, string>, zaps: readonly Zap[]): Kept[] {
  const ids = [...tasks.keys()];
  const finished = zaps.filter((zap) => zap.trigger === 'task_finished').map(runsOf);
  const progress = zaps.filter((zap) => zap.trigger === 'task_progress').flatMap(runsOf);
  const ends = finished.flat();
  const listened = zaps.some((zap) => zap.trigger === 'task_progress');
  return [
    {
      promise: 'Each Task Finished Zap ran exactly once for each task',
      kept: finished.every((runs) =>
        ids.every((id) => runs.filter((run) => run.task_id === id).length === 1),
      ),
    },
    ...(listened
      ? [
          {
            promise: 'Task Progress ran in rising order',
            kept: ids.every((id) =>
              isRising(
                progress.filter((run) => run.task_id === id).map((run) => run.progress ?? 0),
              ),
            ),
          },
        ]
      : []),
    {
      promise: 'Every failed task arrived with its reason',
      kept: ends.every((run) => run.succeeded || run.error_message !== ''),
    },
    {
      promise: 'Every event carried the reference of its task',
      kept: [...ends, ...progress].every((run) => run.reference === tasks.get(run.task_id)),
    },
  ];
}

/** A callback URL takes one POST, so somebody else gets the progress of a task that a step waits for. */
export const progressWhileWaiting = (taskIds: readonly string[], zaps: readonly Zap[]): Kept => ({
  promise: 'Task Progress also ran for tasks that a step waited for',
  kept: taskIds.every((id) =>
    zaps.some(
      (zap) => zap.trigger === 'task_progress' && runsOf(zap).some((run) => run.task_id === id),
    ),
  ),
});
