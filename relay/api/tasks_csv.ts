import type { Reader } from '../database.ts';
import type { Scope } from '../store/scope.ts';
import type { TaskFilters } from '../store/task_filters.ts';
import type { TaskRow } from '../store/task_row.ts';
import { tasksOf } from '../store/tasks.ts';

const PAGE_SIZE = 500;

const COLUMNS: readonly (readonly [string, (task: TaskRow, client: string) => unknown])[] = [
  ['Started', ({ started_at }) => started_at],
  ['Client', (_task, client) => client],
  ['Reference', ({ reference }) => reference],
  ['Prompt', ({ prompt }) => prompt],
  ['Operation', ({ operation }) => operation],
  ['Model', ({ model }) => model],
  ['State', ({ status }) => status],
  ['Reason', ({ error_message }) => error_message],
  ['Seconds', ({ duration_seconds }) => duration_seconds],
  ['Credits', ({ credits_used }) => credits_used],
  ['Unit', ({ credits_unit }) => credits_unit],
  ['Task ID', ({ task_id }) => task_id],
  ['Links', ({ links }) => links.join(' ')],
];

/** A spreadsheet would run a text that begins like a formula, and prompts come from anybody. */
const cell = (value: unknown): string => {
  const text =
    typeof value === 'string' ? value.replace(/^[=+\-@\t\r\n＝＋－＠]/, "'$&") : `${value ?? ''}`;
  return `"${text.replaceAll('"', '""')}"`;
};

const line = (cells: readonly unknown[]): string => `${cells.map(cell).join(',')}\r\n`;

/** Read page by page, so that any number of tasks takes little memory. @param names of the clients, by id */
export async function* csvOfTasks(
  sql: Reader,
  scope: Scope,
  filters: TaskFilters,
  names: ReadonlyMap<string, string>,
): AsyncGenerator<string> {
  // With the mark by which spreadsheets know UTF-8.
  yield `\uFEFF${line(COLUMNS.map(([title]) => title))}`;
  for (let after: string | undefined; ; ) {
    const { tasks, hasMore } = await tasksOf(sql, scope, { after, limit: PAGE_SIZE, filters });
    yield tasks
      .map((task) => {
        const client = names.get(task.connection) || task.connection;
        return line(COLUMNS.map(([, value]) => value(task, client)));
      })
      .join('');
    after = tasks.at(-1)?.id;
    if (!hasMore) {
      return;
    }
  }
}
