import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The folder belongs to another process. */
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
 * Takes a folder for this process alone: PGlite is one process's database and would be destroyed
 * by a second one. What a process that died left behind is taken over.
 * @returns what gives the folder back
 * @throws FolderInUse
 */
export function holdFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const mark = path.join(path.dirname(path.resolve(folder)), `${path.basename(folder)}.pid`);
  const take = () => writeFileSync(mark, String(process.pid), { flag: 'wx' });
  try {
    take();
  } catch {
    const holder = Number(readFileSync(mark, 'utf8'));
    if (holder !== process.pid && holder > 0 && isRunning(holder)) {
      throw new FolderInUse(
        `RELAY_DATA: another relay (process ${holder}) already uses the folder ${folder}. For several instances set DATABASE_URL to a PostgreSQL. If that process is no relay, remove ${mark}.`,
      );
    }
    rmSync(mark);
    take();
  }
  return () => rmSync(mark, { force: true });
}
