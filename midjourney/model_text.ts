import { isPlain, type ModelOutput } from './output_leaves.ts';

const textAt = (value: unknown, key: string): string => {
  const entry = isPlain(value)
    ? undefined
    : Object.entries(Object(value)).find(([name]) => name === key)?.[1];
  return typeof entry === 'string' ? entry.trim() : '';
};

/** Lyrics as Udio gives them: a title and the words, of each proposal. */
const lyricsIn = ({ lyrics_pairs: pairs }: ModelOutput): string[] =>
  Array.isArray(pairs)
    ? pairs.map((pair) =>
        [textAt(pair, 'title'), textAt(pair, 'text')].filter(Boolean).join('\n\n'),
      )
    : [];

/** The text that a model returns instead of a medium, as a caption or lyrics; '' when there is none. */
export const textIn = (output: ModelOutput): string =>
  textAt(output, 'text') || lyricsIn(output).filter(Boolean).join('\n\n\n');
