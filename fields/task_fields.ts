import * as zod from 'zod/mini';
import type { Choice } from '../midjourney/choices.ts';
import { canFollow, OPERATIONS, type Operation, usuallyFollows } from '../midjourney/operations.ts';
import { hasEnded, type Task } from '../midjourney/task.ts';
import { word } from '../midjourney/values.ts';
import { choicesOfParent, recentTasks } from './dropdowns.ts';
import { type FormField, field, optionalField } from './input.ts';

const ADVICE =
  'Choose a task, or map the Task ID of an earlier step, for example c0d39b5a-345c-4448-a7bf-5c299c38a06a.';

const TASK_ID = /^[\w-]{8,100}$/;

/** A task id as services give them. What was mapped from a wrong field seldom looks like one. */
export const isTaskId = (text: string): boolean => TASK_ID.test(text);

export const taskId = () =>
  zod.string({ error: ADVICE }).check(zod.trim(), zod.regex(TASK_ID, ADVICE));

/** Whether a task can be followed by this operation. */
export const followedBy =
  (operation: Operation) =>
  ({ status, actions }: Task): boolean =>
    status === 'finished' && canFollow(operation, actions);

const parentForm = (operation: Operation): FormField => ({
  label: 'Task',
  type: 'string',
  choices: { perform: recentTasks(followedBy(operation)) },
  altersDynamicFields: true,
  helpText: `The finished task to go on from: choose a recent one, or give the \`task_id\` that an earlier step such as ${OPERATIONS[usuallyFollows(operation)].label} returned. Some services take follow-ups for 3 hours only, others for days.`,
});

/** The finished task that an operation follows, from a dropdown of those it can follow. */
export const parentTask = (operation: Operation) => field(taskId, parentForm(operation));

/** The task of a picture that may come from elsewhere as well. @param elsewhere the label of that field */
export function parentTaskOr(operation: Operation, elsewhere: string) {
  const form = parentForm(operation);
  const helpText = `${form.helpText} Fill in either this or ${elsewhere}.`;
  return optionalField(taskId, { ...form, helpText });
}

/** A task that is still worked on. */
export const runningTask = () =>
  field(taskId, {
    label: 'Task',
    type: 'string',
    choices: { perform: recentTasks((task) => !hasEnded(task)) },
    helpText:
      'The task to cancel: choose one that has not ended, or give the `task_id` that an earlier step returned.',
  });

/** Any task of the account. */
export const anyTask = () =>
  optionalField(taskId, {
    label: 'Task',
    type: 'string',
    choices: { perform: recentTasks(() => true) },
    helpText:
      'The task to look up: choose one of the recent ones, or give the `task_id` that an earlier step returned. When left empty, the newest task is found that fits the fields below. Services keep tasks for days, not for ever.',
  });

/** What is done with the parent; after it was chosen, only what it allows is offered. */
export const index = (
  operation: Operation,
  choices: readonly Choice[],
  form: { label: string; helpText: string },
) =>
  field(() => word(choices), {
    type: 'string',
    choices: { perform: choicesOfParent(operation, choices) },
    dependsOn: ['origin_task_id'],
    ...form,
  });
