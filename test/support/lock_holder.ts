import { FolderInUse, lockFolder } from '../../relay/lock_folder.ts';

/** Locks the folder in its argument, says so, and keeps it until it is killed. */
const [, , folder = ''] = process.argv;

try {
  await lockFolder(folder, () => process.exit(1));
  process.stdout.write('locked\n');
  setInterval(() => undefined, 60_000);
} catch (error) {
  process.stdout.write(error instanceof FolderInUse ? 'in use\n' : 'failed\n');
}
