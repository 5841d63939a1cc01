import { access, mkdir, rename, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { until } from './until.ts';

/** The longest that making a file may take. */
const MAKING_SECONDS = 60;

/** The folder of this run of jest, for what its test files share; `run_setup.ts` makes it. */
export function runFolder(): string {
  const folder = process.env.JEST_RUN_FOLDER;
  if (!folder) {
    throw new Error('JEST_RUN_FOLDER is not set. Run the tests through jest and its config.');
  }
  return folder;
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/**
 * Makes a file once in a run, in whichever test file first needs it; the others wait for it.
 * @param make writes it to the path that it is given
 * @returns where it is
 */
export async function onceInRun(
  name: string,
  make: (file: string) => Promise<void>,
): Promise<string> {
  const file = path.join(runFolder(), name);
  const lock = `${file}.lock`;
  await until(
    name,
    async () => {
      if (await isThere(file)) {
        return true;
      }
      // Only one can make this folder; should it fail, another one tries.
      const isOurs = await mkdir(lock).then(
        () => true,
        () => false,
      );
      if (isOurs) {
        try {
          await make(`${file}.new`);
          await rename(`${file}.new`, file);
        } finally {
          await rmdir(lock);
        }
      }
      return isOurs;
    },
    MAKING_SECONDS,
  );
  return file;
}
