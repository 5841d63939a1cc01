import type { PlainOutputField } from 'zapier-platform-core';
import { isPlain, leavesOf, type ModelOutput } from '../midjourney/output_leaves.ts';

/** Flat keys of a model's output, with `__` between the names, as Zapier writes them. */
export type FlatOutput = Readonly<Record<`output__${string}`, unknown>>;

/** `output__works__1__video__resource`, and so on. */
export const flattened = (output: ModelOutput): FlatOutput =>
  Object.fromEntries(
    leavesOf(output)
      .filter(({ path }) => path.length > 0)
      .map(({ path, value }) => [
        `output__${path.join('__')}`,
        isPlain(value) || Array.isArray(value) ? value : JSON.stringify(value),
      ]),
  );

/** The output fields for those of a sample. */
export const flatOutputFields = (sample: object): PlainOutputField[] =>
  Object.keys(sample)
    .filter((key) => key.startsWith('output__'))
    .map((key) => ({
      key,
      label: `Output: ${key
        .replace('output__', '')
        .replaceAll(/_+/g, ' ')
        .replace(/\b[a-z]/g, (letter) => letter.toUpperCase())}`,
      type: 'string',
    }));
