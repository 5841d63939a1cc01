import * as zod from 'zod';
import { STATUSES } from '../../midjourney/task.ts';
import { clean } from './clean.ts';

/** That of a task that has not ended, beside the statuses of a task itself. */
const RUNNING = 'running';

const text = (longest: number) => zod.string().max(longest).transform(clean);

/** Which tasks of a list. */
export const taskFilters = zod.object({
  connection: text(100).optional().describe('Only of this connection.'),
  status: zod
    .enum([...STATUSES, RUNNING])
    .optional()
    .describe('`running`: all that have not ended.'),
  operation: text(100).optional(),
  model: text(200).optional(),
  reference: text(1000)
    .optional()
    .describe('Exactly this reference, or, with `*` at its end, all that begin so.'),
  words: text(200).optional().describe('Each of these words is in the prompt or in the reference.'),
  since: zod.iso.datetime({ offset: true }).optional().describe('Started then or later.'),
  until: zod.iso.datetime({ offset: true }).optional().describe('Started before then.'),
});
export type TaskFilters = zod.output<typeof taskFilters>;

/** Text that LIKE takes as it is. */
const literal = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

const patternsOf = (words: string): string[] =>
  words
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => `%${literal(word)}%`);

function referencePattern(reference: string): string {
  return reference.endsWith('*') ? `${literal(reference.slice(0, -1))}%` : literal(reference);
}

const statusesOf = (status: NonNullable<TaskFilters['status']>): string[] =>
  status === RUNNING ? ['staged', 'pending', 'processing'] : [status];

/**
 * The filters as conditions on relay.task, but for the connection, and their values.
 * @param first the number of the first parameter
 */
export function conditionsOf(
  { status, operation, model, reference, words, since, until }: TaskFilters,
  first: number,
): { readonly sql: string; readonly values: readonly unknown[] } {
  const conditions: string[] = [];
  const values: unknown[] = [];
  const add = (condition: (parameter: string) => string, value: unknown): void => {
    if (value !== undefined) {
      conditions.push(condition(`$${first + values.length}`));
      values.push(value);
    }
  };
  add((p) => `status = any(${p}::text[])`, status && statusesOf(status));
  add((p) => `operation = ${p}`, operation || undefined);
  add((p) => `model = ${p}`, model || undefined);
  add((p) => `reference like ${p}`, reference ? referencePattern(reference) : undefined);
  add(
    (p) => `prompt || ' ' || reference ilike all(${p}::text[])`,
    words ? patternsOf(words) : undefined,
  );
  add((p) => `started_at >= ${p}::timestamptz`, since);
  add((p) => `started_at < ${p}::timestamptz`, until);
  return { sql: conditions.map((condition) => ` and ${condition}`).join(''), values };
}
