import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Connection, Zapier } from '../sandbox/zapier/zapier.ts';

/**
 * Fetches a file as a later step of a Zap would, and saves it under its own name.
 * @param prefix before the name
 * @returns where it is, from the folder of the process, and how large
 */
export async function saveFile(
  { account, zapier }: { readonly account: Connection; readonly zapier: Zapier },
  pointer: string,
  folder: string,
  prefix = '',
): Promise<{ readonly file: string; readonly bytes: number }> {
  const file = zapier.files.get(String(await account.hydrate(pointer)));
  if (!file) {
    throw new Error('A file did not arrive.');
  }
  const target = path.join(folder, prefix + file.filename);
  await writeFile(target, file.content);
  return { file: path.relative(process.cwd(), target), bytes: file.content.length };
}
