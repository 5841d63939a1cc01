import * as zod from 'zod/mini';
import { choiceList } from '../midjourney/choices.ts';
import { isOperation, OPERATION_LABELS } from '../midjourney/operations.ts';
import type { Task } from '../midjourney/task.ts';
import type { Service } from '../services/service.ts';
import { field, oneOf, textOrNumber, wholeNumber } from './input.ts';

/** What a user can narrow a trigger down to. A filter left empty lets everything through. */
export interface Filters {
  readonly operations?: string[] | undefined;
  readonly reference?: string | undefined;
  readonly outcome?: 'any' | 'succeeded' | 'failed' | undefined;
  /** Percent: at most one event for each step of this size. */
  readonly minimum_step?: number | undefined;
}

/** The kinds of tasks that a service tells of, at their end or earlier. */
export const operationChoices = ({ operations }: Service) =>
  choiceList(
    Object.entries(operations).flatMap(([value, { reports }]) =>
      isOperation(value) && reports !== 'nothing'
        ? [{ value, label: OPERATION_LABELS[value] }]
        : [],
    ),
  );

/** Its choices depend on the service; see `fields/trigger_fields.ts`. */
export const operations = () =>
  field(zod.optional(zod.array(zod.string(), { error: 'Choose from the list.' })), {
    label: 'Operations',
    type: 'string',
    list: true,
    helpText:
      'Only tasks of these kinds, for example `Imagine` and `Upscale`. All kinds when left empty.',
  });

export const reference = () =>
  field(zod.optional(textOrNumber()), {
    label: 'Reference',
    type: 'string',
    helpText:
      'Only tasks that were started with exactly this reference, for example `spring-campaign`. All tasks when left empty.',
  });

export const outcome = () =>
  field(zod.optional(oneOf(['any', 'succeeded', 'failed'])), {
    label: 'Outcome',
    type: 'string',
    default: 'any',
    choices: choiceList([
      { value: 'any', label: 'Succeeded or Failed' },
      { value: 'succeeded', label: 'Succeeded' },
      { value: 'failed', label: 'Failed' },
    ]),
    helpText:
      'Choose **Failed** to be told of banned prompts and the like, for example in a team chat.',
  });

export const minimumStep = () =>
  field(zod.optional(wholeNumber(1, 100)), {
    label: 'Minimum Step in Percent',
    type: 'integer',
    placeholder: '25',
    helpText:
      'Runs at most once for each step of this size: with `25`, when a task passes 25, 50 and 75 percent; the end itself is for **Task Finished**. Every change counts when left empty.',
  });

/** Whether a task is one that the user asked for; steps of progress are the memory's business. */
export const matches = (task: Task, taskReference: string, filters: Filters): boolean =>
  (filters.operations ?? [task.operation]).includes(task.operation) &&
  (filters.reference ?? taskReference) === taskReference &&
  (filters.outcome === undefined ||
    filters.outcome === 'any' ||
    (filters.outcome === 'succeeded') === (task.status === 'finished'));
