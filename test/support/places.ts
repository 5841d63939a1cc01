import { readFile } from 'node:fs/promises';

/** Stands for the operation's key in a place's name. */
const KEY = '<operation>';

/**
 * The files that CONTRIBUTING.md lists under "Adding an operation", in its order.
 * @param operation the key of the operation that is added
 */
export async function placesFor(operation: string): Promise<string[]> {
  const page = await readFile('CONTRIBUTING.md', 'utf8');
  const [, section = ''] = /^## Adding an operation\n(.*?)(?=^## )/ms.exec(page) ?? [];
  return [...section.matchAll(/^\d+\. `([^`]+)`:/gm)].map(([, file = '']) =>
    file.replace(KEY, operation),
  );
}
