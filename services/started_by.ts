import { runsModel } from '../midjourney/operations.ts';
import { MIDJOURNEY, type Task } from '../midjourney/task.ts';
import type { Service } from './service.ts';

/**
 * Which step started a task: tasks of other models never say it, and those of some services not even for
 * Midjourney. So the step is written on the webhook's URL, and remembered.
 */

/** The operation as a webhook's URL has it: only where the task itself will not say it; else ''. */
export const operationToTell = (service: Service, operation: string): string =>
  service.hidesOperation || runsModel(operation) ? operation : '';

/** Whether what started a task is known from elsewhere better than from the task itself. */
export const hidesStep = (service: Service, { model }: Task): boolean =>
  service.hidesOperation === true || model !== MIDJOURNEY;
