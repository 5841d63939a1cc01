import type { Reporter } from './events.ts';

/** One JSON object on each line, for programs. */
export const jsonReporter = (write: (text: string) => void): Reporter => ({
  report: (event) => write(`${JSON.stringify(event)}\n`),
});
