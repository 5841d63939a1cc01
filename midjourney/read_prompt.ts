import { parameterTable } from './parameter_table.ts';
import { promptReader } from './prompt.ts';

let reader: ReturnType<typeof promptReader> | undefined;

/** Splits a prompt into its text and Midjourney's parameters. Made on first use, as the table is. */
export const readPrompt: ReturnType<typeof promptReader> = (prompt) => {
  reader ??= promptReader(parameterTable());
  return reader(prompt);
};
