import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Another process uses the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Locks a folder for this process with a pid file beside it: a second process would corrupt PGlite's
 * files. The lock of a process that no longer runs is replaced.
 * @returns a function that removes the lock
 * @throws FolderInUse
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const pidFile = path.join(path.dirname(path.resolve(folder)), `${path.basename(folder)}.pid`);
  const writePidFile = () => writeFileSync(pidFile, String(process.pid), { flag: 'wx' });
  try {
    writePidFile();
  } catch {
    const ownerPid = Number(readFileSync(pidFile, 'utf8'));
    if (ownerPid !== process.pid && ownerPid > 0 && isRunning(ownerPid)) {
      throw new FolderInUse(
        `RELAY_DATA: another relay (process ${ownerPid}) already uses the folder ${folder}. For several instances set DATABASE_URL to a PostgreSQL. If that process is not a relay, remove ${pidFile}.`,
      );
    }
    rmSync(pidFile);
    writePidFile();
  }
  return () => rmSync(pidFile, { force: true });
}
