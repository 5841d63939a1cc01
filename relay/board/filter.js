/**
 * Which tasks are shown; '' is any.
 * @typedef {{ client: string, status: string, operation: string, model: string, reference: string,
 *   words: string, day: string }} Filter
 */
export const FILTERS = ['client', 'status', 'operation', 'model', 'reference', 'words', 'day'];

/** @type {Filter} */
export const ANY = Object.fromEntries(FILTERS.map((name) => [name, '']));

export const isAny = (filter) => FILTERS.every((name) => !filter[name]);

const RUNNING = ['staged', 'pending', 'processing'];
export const isRunning = ({ status }) => RUNNING.includes(status);

/** A day of the reader's zone as instants. */
export function instants(day) {
  const [year, month, date] = day.split('-').map(Number);
  const start = new Date(year, month - 1, date);
  const next = new Date(year, month - 1, date + 1);
  return Number.isNaN(start.getTime())
    ? {}
    : { since: start.toISOString(), until: next.toISOString() };
}

/** The filter as the relay takes it. */
export const queryOf = ({ client, status, operation, model, reference, words, day }) => ({
  connection: client,
  status,
  operation,
  model,
  reference: reference && `${reference.replace(/\*+$/, '')}*`,
  words: words.trim(),
  ...(day ? instants(day) : {}),
});

/** Whether a task that came live belongs in the list, as the relay would decide. */
export function fits(task, filter) {
  const { since, until } = filter.day ? instants(filter.day) : {};
  const started = new Date(task.started_at).getTime();
  const text = `${task.prompt}\n${task.reference}`.toLowerCase();
  return (
    (!filter.client || task.connection === filter.client) &&
    (!filter.status ||
      task.status === filter.status ||
      (filter.status === 'running' && isRunning(task))) &&
    (!filter.operation || task.operation === filter.operation) &&
    (!filter.model || task.model === filter.model) &&
    (!filter.reference || task.reference.startsWith(filter.reference.replace(/\*+$/, ''))) &&
    (!since || started >= new Date(since).getTime()) &&
    (!until || started < new Date(until).getTime()) &&
    filter.words
      .toLowerCase()
      .split(/\s+/)
      .every((word) => text.includes(word))
  );
}
