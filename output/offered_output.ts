import type { Operation } from '../midjourney/operations.ts';
import type { GroupOutput } from './group_output.ts';
import { fieldsOf } from './output_fields.ts';
import type { TaskOutput } from './task_output.ts';

/** A task as a step of its operation gives it: without the keys that nothing can fill there. */
export type OfferedOutput = Partial<TaskOutput> & {
  readonly tasks?: readonly Partial<TaskOutput>[];
};

const rootOf = (key: string): string => key.replace(/\[\].*$/, '');

/** Without the keys that no task of this operation can fill. */
export function offeredOutput(
  operation: Operation,
  { tasks, ...output }: TaskOutput & Partial<Pick<GroupOutput, 'tasks'>>,
): OfferedOutput {
  const roots = new Set(fieldsOf(operation).map(({ key }) => rootOf(key)));
  const offered = (task: TaskOutput): Partial<TaskOutput> =>
    Object.fromEntries(
      Object.entries(task).filter(([key]) => roots.has(key) || key.startsWith('output__')),
    );
  return { ...offered(output), ...(tasks && { tasks: tasks.map(offered) }) };
}

/** An agent reads all that comes back; this is some two pages of text. */
const LONGEST_JSON = 4_000;

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

const withoutEmpty = (output: Partial<TaskOutput>): Partial<TaskOutput> =>
  Object.fromEntries(Object.entries(output).filter(([, value]) => !isEmpty(value)));

/** The same for an agent: without what is empty, and without JSON that is too long to be read. */
export function compactOutput({ tasks, output, ...rest }: OfferedOutput): OfferedOutput {
  const isLong = output !== undefined && output.length > LONGEST_JSON;
  return {
    ...withoutEmpty({ ...rest, ...(output !== undefined && !isLong && { output }) }),
    ...(tasks && { tasks: tasks.map(withoutEmpty) }),
  };
}
