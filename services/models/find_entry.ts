import { kindMade, MODEL_OPERATIONS, type Operation } from '../../midjourney/operations.ts';
import type { ModelEntry, ModelKind } from './model_entry.ts';

/** The service's own word in a task of the catalogue: `video_generation` of `video_generation:elements`. */
export const taskTypeOf = (task: string): string => task.split(':')[0] ?? task;

/** The step that starts such tasks. */
const stepOf = (kind: ModelKind): Operation =>
  MODEL_OPERATIONS.find((operation) => kindMade(operation) === kind) ?? 'run_task';

/**
 * The step that starts tasks of a model, as far as its catalogue tells.
 * @param taskType the service's own; '' where it does not say it
 */
export function stepFor(
  entries: readonly ModelEntry[],
  model: string,
  taskType: string,
): Operation {
  const found = entries.find(
    (entry) => entry.model === model && (taskType === '' || taskTypeOf(entry.task) === taskType),
  );
  return found ? stepOf(found.kind) : 'run_task';
}

/** The forms that a step offers. */
export const entriesFor = (
  entries: readonly ModelEntry[],
  operation: Operation,
): readonly ModelEntry[] => entries.filter(({ kind }) => kind === kindMade(operation));
