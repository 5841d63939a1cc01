import type * as zod from 'zod/mini';

/** One of Midjourney's parameters: what it is called, and what its value in a prompt is like. */
export interface Parameter {
  /** The key of its input field. */
  readonly key: string;
  readonly label: string;
  /** Its names in lower case, without the hyphens. */
  readonly flags: readonly string[];
  /** How many of the words that follow are its value. */
  readonly takes: 'nothing' | 'word' | 'words';
  /** A name that also stands without a value. */
  readonly bare?: string;
  /** What can only be its value, even where the space or the hyphens before it are wrong. */
  readonly looks?: RegExp;
  /** What a single word must be; anything when there is no such schema. */
  readonly word?: zod.ZodMiniType;
  /** How a wrong value is put right. */
  readonly advice: string;
}

interface Opening {
  /** None for names that are not in the table. */
  readonly parameter?: Parameter;
  /** The name that was used. */
  readonly flag: string;
  /** A value that came without a space before it. */
  readonly glued: string;
  /** It begins with a dash, which is what phones make of two hyphens. */
  readonly dashed: boolean;
  /** Its first word as it was written. */
  readonly opened: string;
}

/** A parameter as a prompt has it. */
export interface Said extends Opening {
  readonly value: string;
  /** The words up to the next parameter, be they its value or not. */
  readonly words: readonly string[];
}

/** What `--ar {1:1, 2:3}` and `{red --v 6, blue --v 7}` hold goes out as prompts of their own. */
const INNERMOST_GROUP = /\{[^{}]*\}/g;
const DEEPEST_GROUP = 3;

function wordsOf(prompt: string): string[] {
  let hidden = prompt;
  for (let depth = 0; depth < DEEPEST_GROUP; depth += 1) {
    hidden = hidden.replace(INNERMOST_GROUP, (group) => '_'.repeat(group.length));
  }
  return [...hidden.matchAll(/\S+/g)].map(({ 0: seen, index }) =>
    prompt.slice(index, index + seen.length),
  );
}

const MARKS = /^(--|[—–][—–-]*)(?=[^—–-])/;
const startsParameter = (word: string): boolean => word === '' || MARKS.test(word);

/** Splits a prompt into its text and its parameters. Reads any text, however odd. */
export function promptReader(table: readonly Parameter[]) {
  const flags = table.flatMap((parameter) => parameter.flags.map((flag) => ({ parameter, flag })));
  const byFlag = new Map(flags.map((named) => [named.flag, named]));

  const openingsOf = (words: readonly string[]): (Opening | undefined)[] => {
    /** A dash also begins words that are no parameters, so what follows has to fit. */
    const isMeant = ({ parameter, flag }: (typeof flags)[number], place: number) => {
      const next = words[place + 1] ?? '';
      const standsAlone = parameter.takes === 'nothing' || parameter.bare === flag;
      return parameter.looks?.test(next) || (standsAlone && startsParameter(next));
    };

    return words.map((opened, place) => {
      const marks = MARKS.exec(opened)?.[0];
      if (marks === undefined) {
        return undefined;
      }
      const dashed = marks !== '--';
      const name = opened.slice(marks.length);
      const exact = byFlag.get(name.toLowerCase());
      if (exact && (!dashed || isMeant(exact, place))) {
        return { ...exact, glued: '', dashed, opened };
      }
      for (const { parameter, flag } of flags) {
        const glued = name.slice(flag.length).replace(/^[=:]/, '');
        if (name.toLowerCase().startsWith(flag) && parameter.looks?.test(glued)) {
          return { parameter, flag, glued, dashed, opened };
        }
      }
      return dashed ? undefined : { flag: name, glued: '', dashed, opened };
    });
  };

  return (prompt: string): { text: readonly string[]; said: readonly Said[] } => {
    const words = wordsOf(prompt);
    const openings = openingsOf(words);
    const starts = openings.flatMap((opening, place) => (opening ? [{ ...opening, place }] : []));
    const said = starts.map(({ place, ...opening }, index) => {
      const behind = words.slice(place + 1, starts[index + 1]?.place);
      const { glued, parameter } = opening;
      const value = glued || (parameter?.takes === 'words' ? behind.join(' ') : (behind[0] ?? ''));
      return { ...opening, value: parameter?.takes === 'nothing' ? '' : value, words: behind };
    });
    return { text: words.slice(0, starts[0]?.place), said };
  };
}
