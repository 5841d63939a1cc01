import { kindMade, MODEL_OPERATIONS, type Operation } from '../../midjourney/operations.ts';
import type { Service } from '../service.ts';
import type { ModelEntry, ModelKind } from './model_entry.ts';

/** The forms of a service's models; none where it runs no others. */
export const entriesOf = ({ models }: Pick<Service, 'models'>): readonly ModelEntry[] =>
  models?.() ?? [];

/** Each model once, with its label. */
export const labelsOf = (entries: readonly ModelEntry[]): ReadonlyMap<string, string> =>
  new Map(entries.map(({ model, modelLabel }) => [model, modelLabel]));

/** The service's own word in a task of the catalogue: `video_generation` of `video_generation:elements`. */
export const taskTypeOf = (task: string): string => task.split(':')[0] ?? task;

/** The step that starts such tasks. */
const stepOf = (kind: ModelKind): Operation =>
  MODEL_OPERATIONS.find((operation) => kindMade(operation) === kind) ?? 'run_task';

/** The forms of a model for the service's own type of task. */
export const formsOf = (
  entries: readonly ModelEntry[],
  model: string,
  taskType: string,
): readonly ModelEntry[] =>
  entries.filter((entry) => entry.model === model && taskTypeOf(entry.task) === taskType);

/**
 * The step that starts tasks of a model, as far as its catalogue tells.
 * @param taskType the service's own; '' where it does not say it
 */
export function stepFor(
  entries: readonly ModelEntry[],
  model: string,
  taskType: string,
): Operation {
  const [found] =
    taskType === ''
      ? entries.filter((entry) => entry.model === model)
      : formsOf(entries, model, taskType);
  return found ? stepOf(found.kind) : 'run_task';
}

/** The forms that a step offers. */
export const entriesFor = (
  entries: readonly ModelEntry[],
  operation: Operation,
): readonly ModelEntry[] => entries.filter(({ kind }) => kind === kindMade(operation));
