import { mkdir, readFile, readlink, realpath, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { type LockOptions, lock } from 'proper-lockfile';

/** Another process uses the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/** A lock whose holder has not touched it for this long is nobody's. */
const STALE_MILLISECONDS = 10_000;

const TOUCH_MILLISECONDS = 2_000;

/** Where the number of a process means this process: a container has numbers of its own. */
const placeOfPids = async (): Promise<string> =>
  `${hostname()} ${await readlink('/proc/self/ns/pid').catch(() => '')}`;

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Whether the holder that is written down certainly runs no more. */
async function isOwnerDead(ownerFile: string, place: string): Promise<boolean> {
  const [pid = '', ...written] = (await readFile(ownerFile, 'utf8').catch(() => '')).split(' ');
  return written.join(' ') === place && Number(pid) !== process.pid && !isRunning(Number(pid));
}

/** The folder that is the lock, beside what it locks. */
const lockOf = (name: string): string => `${name}.lock`;

/** Takes a lock, as soon as nobody holds it. @throws FolderInUse when somebody goes on holding it */
async function take(
  folder: string,
  name: string,
  onCompromised: LockOptions['onCompromised'],
): Promise<() => Promise<void>> {
  try {
    return await lock(name, {
      lockfilePath: lockOf(name),
      // The name need not be a file.
      realpath: false,
      stale: STALE_MILLISECONDS,
      update: TOUCH_MILLISECONDS,
      retries: { retries: STALE_MILLISECONDS / 1000 + 2, factor: 1, minTimeout: 1000 },
      ...(onCompromised && { onCompromised }),
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ELOCKED') {
      throw new FolderInUse(
        `RELAY_DATA: another relay already uses the folder ${folder}. For several instances set DATABASE_URL to a PostgreSQL.`,
      );
    }
    throw error;
  }
}

/**
 * Locks a folder for this process with a lock that it keeps touching: a second process would corrupt
 * PGlite's files, also one in another container that shares the folder. The lock of a process that no
 * longer runs is replaced, at once where that can be seen, otherwise once nobody touches it.
 * @param onLost called when somebody else has taken the lock: the folder must not be written any more
 * @returns a function that removes the lock
 * @throws FolderInUse
 */
export async function lockFolder(folder: string, onLost: () => void): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const real = await realpath(folder);
  const ownerFile = `${real}.owner`;
  const place = await placeOfPids();
  // Those that start together take turns, or one would remove the lock that another has just made.
  const endTurn = await take(folder, `${real}.starting`, () => undefined);
  try {
    if (await isOwnerDead(ownerFile, place)) {
      await rm(lockOf(real), { recursive: true, force: true });
    }
    const release = await take(folder, real, onLost);
    await writeFile(ownerFile, `${process.pid} ${place}`);
    return async () => {
      await rm(ownerFile, { force: true });
      await release().catch(() => undefined);
    };
  } finally {
    await endTurn().catch(() => undefined);
  }
}
