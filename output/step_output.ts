import type { ZObject } from 'zapier-platform-core';
import type { Task } from '../midjourney/task.ts';
import { fileOf } from './file_pointer.ts';
import { groupOutput } from './group_output.ts';
import { progressOutput, type TaskOutput, type ToFile, taskOutput } from './task_output.ts';

const fileIn =
  (z: ZObject, task: Task): ToFile =>
  (url, place) =>
    fileOf(z, task, url, place);

/** A task as a step gives it to Zapier, with its pictures as files that are fetched when needed. */
export const outputOf = (z: ZObject, task: Task, reference: string): TaskOutput =>
  taskOutput(task, reference, fileIn(z, task));

/** The same as an event of Task Progress. */
export const progressOutputOf = (z: ZObject, task: Task, reference: string): TaskOutput =>
  progressOutput(task, reference, fileIn(z, task));

/** What a step gives that started these tasks: the task itself, or several as one. */
export function stepOutput(z: ZObject, tasks: readonly Task[], reference: string): TaskOutput {
  const outputs = tasks.map((task) => outputOf(z, task, reference));
  const [only] = outputs;
  return only && outputs.length === 1 ? only : groupOutput(outputs);
}
