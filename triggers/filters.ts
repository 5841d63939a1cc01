import { isReferenceWanted } from '../delivery/reference.ts';
import { kindOf } from '../midjourney/kind_of.ts';
import type { Task } from '../midjourney/task.ts';

/** What a user can narrow a trigger down to. A filter left empty lets everything through. */
export interface Filters {
  readonly operations?: string[] | undefined;
  readonly models?: string[] | undefined;
  readonly kinds?: string[] | undefined;
  readonly reference?: string | undefined;
  readonly outcome?: 'any' | 'succeeded' | 'failed' | undefined;
  /** Percent: at most one event for each step of this size. */
  readonly minimum_step?: number | undefined;
}

const modelOf = ({ model }: Task): string => model.toLowerCase();

/** Whether a task passes the filters. `minimum_step` needs the events before it: see `isNewEvent`. */
export const matches = (task: Task, taskReference: string, filters: Filters): boolean =>
  (filters.operations ?? [task.operation]).includes(task.operation) &&
  (filters.models ?? [modelOf(task)]).map((one) => one.toLowerCase()).includes(modelOf(task)) &&
  (filters.kinds ?? [kindOf(task)]).includes(kindOf(task)) &&
  isReferenceWanted(taskReference, filters.reference) &&
  (filters.outcome === undefined ||
    filters.outcome === 'any' ||
    (filters.outcome === 'succeeded') === (task.status === 'finished'));
