import * as zod from 'zod';
import { APIFRAME } from '../services/apiframe.ts';
import { entriesOf } from '../services/models/find_entry.ts';
import { modelChanges } from './model_changes.ts';

/**
 * Prints which models APIFRAME has that the catalogue lacks, and the reverse. Its list needs no key.
 * The first argument is another address to ask, such as that of the sandbox.
 */
const list = zod.object({ models: zod.array(zod.object({ id: zod.string() })) });

const address = new URL('/v2/models', process.argv[2] ?? APIFRAME.baseUrl);
const response = await fetch(address, { signal: AbortSignal.timeout(20_000) });
if (!response.ok) {
  throw new Error(`${address.host} answered ${response.status}.`);
}
const offered = list.parse(await response.json()).models.map(({ id }) => id);
const catalogued = entriesOf(APIFRAME).map(({ model }) => model);
const { added, gone } = modelChanges(catalogued, offered);
process.stdout.write(
  [
    `${offered.length} models at ${address.host}, ${new Set(catalogued).size} in the catalogue.`,
    ...added.map((model) => `new   ${model}`),
    ...gone.map((model) => `gone  ${model}`),
    '',
  ].join('\n'),
);
