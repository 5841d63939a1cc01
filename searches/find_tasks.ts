import { type Bundle, defineSearch, type ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { guarded } from '../errors/errors.ts';
import { checkedInput, inputError } from '../fields/checked_input.ts';
import { inputFieldsOf, optionalField } from '../fields/input.ts';
import { criteria, limit, NOTHING_WANTED } from '../fields/search_fields.ts';
import { isTaskId } from '../fields/task_fields.ts';
import { cleanText } from '../midjourney/failure.ts';
import { listedEntries } from '../midjourney/lists.ts';
import { haveEnded, type Task } from '../midjourney/task.ts';
import { TASK_LINE_ITEMS } from '../output/output_fields.ts';
import { taskSample } from '../output/samples.ts';
import { outputOf } from '../output/step_output.ts';
import { endOfStep } from '../services/call.ts';
import { type Connection, readConnection } from '../services/connection.ts';
import { hiddenUntil, readTasksOf } from '../services/read_tasks.ts';
import { findTasks } from '../tasks/find_tasks.ts';

const MOST = 100;

const USUAL = 10;

const EXAMPLE = 'c0d39b5a-345c-4448-a7bf-5c299c38a06a';

const input = zod.object({
  task_ids: optionalField(
    () =>
      zod.pipe(
        zod.transform(listedEntries),
        zod
          .array(zod.string({ error: 'Enter Task IDs as text.' }))
          .check(
            zod.minLength(1, 'Enter at least one Task ID.'),
            zod.maxLength(MOST, `Enter at most ${MOST} Task IDs.`),
          ),
      ),
    {
      label: 'Tasks',
      type: 'string',
      list: true,
      placeholder: EXAMPLE,
      helpText: `Up to 100 Task IDs of earlier steps, for example \`${EXAMPLE}\`. One text with commas or line breaks between them is fine too. What is no Task ID, or not known, comes back in **Unknown Task IDs**. When left empty, the newest tasks are found that fit the fields below.`,
    },
  ),
  ...criteria,
  limit: limit(),
});

interface Found {
  readonly tasks: readonly Task[];
  readonly unknown: readonly string[];
}

/** Those of these ids. @throws when none of them is a Task ID */
async function findByIds(
  z: ZObject,
  connection: Connection,
  taskIds: readonly string[],
  end: number,
): Promise<Found> {
  const entered = [...new Set(taskIds)];
  const wanted = entered.filter(isTaskId);
  if (wanted.length === 0) {
    throw inputError(
      z,
      [
        `Tasks: ${cleanText(entered.join(', '))} is no Task ID. Map the Task ID of an earlier step, for example ${EXAMPLE}.`,
      ],
      '',
    );
  }
  const known = await readTasksOf(z, connection, wanted, end, hiddenUntil(connection));
  return {
    tasks: wanted.flatMap((id) => known.get(id) ?? []),
    unknown: entered.filter((id) => !known.has(id)),
  };
}

const perform = async (z: ZObject, bundle: Bundle) => {
  const end = endOfStep();
  const { task_ids, limit: most = USUAL, ...wanted } = checkedInput(z, input, bundle.inputData, '');
  if (task_ids === undefined && Object.values(wanted).every((value) => value === undefined)) {
    throw inputError(z, [`Tasks: ${NOTHING_WANTED}`], '');
  }
  const connection = readConnection(z, bundle.authData);
  const { tasks, unknown, more } = task_ids
    ? { ...(await findByIds(z, connection, task_ids, end)), more: 0 }
    : { ...(await findTasks(z, connection, wanted, most, end)), unknown: [] };
  const [first] = tasks;
  return first
    ? [
        {
          id: first.id,
          found_count: tasks.length,
          more_count: more,
          all_ended: haveEnded(tasks),
          unknown_task_ids: unknown,
          tasks: tasks.map((task) => outputOf(z, task, wanted.reference ?? '')),
        },
      ]
    : [];
};

export default defineSearch({
  key: 'find_tasks',
  noun: 'Task',
  display: {
    label: 'Find Tasks',
    description:
      'Finds up to 100 tasks as line items: by their IDs, or the newest that fit. Use it to look around in the account or to collect the results of many tasks; for one task use Find Task, which can wait for its end.',
  },
  operation: {
    inputFields: inputFieldsOf(input),
    perform: guarded(perform),
    get sample() {
      return {
        id: taskSample().id,
        found_count: 1,
        more_count: 0,
        all_ended: true,
        unknown_task_ids: ['5b01d63a-9c1f-4f7e-8a52-0d6f4f0c7b1e'],
        tasks: [taskSample()],
      };
    },
    outputFields: [
      { key: 'id', label: 'ID', type: 'string', primary: true },
      { key: 'found_count', label: 'Number of Tasks Found', type: 'integer' },
      { key: 'more_count', label: 'Number of More That Fit', type: 'integer' },
      { key: 'all_ended', label: 'All Ended', type: 'boolean' },
      { key: 'unknown_task_ids', label: 'Unknown Task IDs', type: 'string', list: true },
      ...TASK_LINE_ITEMS,
    ],
  },
});
