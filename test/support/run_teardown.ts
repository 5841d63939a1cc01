import { rm } from 'node:fs/promises';
import { dropTemplate, postgresUrl } from './postgres.ts';
import { runFolder } from './run_folder.ts';

/** After a run of jest: what its test files shared is removed. */
export default async function tearDown(): Promise<void> {
  if (postgresUrl) {
    await dropTemplate();
  }
  await rm(runFolder(), { recursive: true });
}
