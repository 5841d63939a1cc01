import type { Report } from './reports.ts';
import type { StoredTask } from './stored_task.ts';

/** What goes over the wire. */
export interface SentWebhook {
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** The POST that reports this of a task, with the headers of its API. */
export function sentWebhook(task: StoredTask, { status, body }: Report): SentWebhook {
  const text = JSON.stringify(body);
  return {
    headers: {
      'content-type': 'application/json',
      ...task.format.webhookHeaders(task, status, text),
    },
    text,
  };
}
