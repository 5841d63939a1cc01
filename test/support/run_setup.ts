import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Before a run of jest: a folder for what its test files share. */
export default async function setUp(): Promise<void> {
  process.env.JEST_RUN_FOLDER = await mkdtemp(path.join(tmpdir(), 'jest-run-'));
}
