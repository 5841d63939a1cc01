import type { ZObject } from 'zapier-platform-core';
import type { Operation } from '../midjourney/operations.ts';
import { hasEnded, type Task } from '../midjourney/task.ts';
import { fileOf } from './file_pointer.ts';
import { groupOutput } from './group_output.ts';
import { type OfferedOutput, offeredOutput } from './offered_output.ts';
import { progressOutput, type TaskOutput, type ToFile, taskOutput } from './task_output.ts';

const fileIn =
  (z: ZObject, task: Task): ToFile =>
  (url, place) =>
    fileOf(z, task, url, place);

/** What to do about a task that has not ended. */
const nextCall = (task: Task): string =>
  hasEnded(task) || task.id === ''
    ? ''
    : `Not ended yet. Find Task with the Task ID ${task.id}, and 25 for Wait up to (Seconds), gives the result.`;

/**
 * A task as Zapier gets it, with its pictures as files that are fetched when needed.
 * @param hint besides or instead of what to do about one that has not ended
 */
export const outputOf = (z: ZObject, task: Task, reference: string, hint = ''): TaskOutput =>
  taskOutput(task, reference, fileIn(z, task), hint || nextCall(task));

/** The same as an event of Task Progress. */
export const progressOutputOf = (z: ZObject, task: Task, reference: string): TaskOutput =>
  progressOutput(task, reference, fileIn(z, task));

/** What a step gives that started these tasks: the task itself, or several as one. */
export function stepOutput(
  z: ZObject,
  operation: Operation,
  tasks: readonly Task[],
  reference: string,
  hint = '',
): OfferedOutput {
  const outputs = tasks.map((task) => outputOf(z, task, reference, hint));
  const [only] = outputs;
  return offeredOutput(operation, only && outputs.length === 1 ? only : groupOutput(outputs));
}
