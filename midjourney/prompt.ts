import type * as zod from 'zod/mini';

/** One of Midjourney's parameters: its names, and what its value in a prompt is like. */
export interface Parameter {
  /** The key of its input field. */
  readonly key: string;
  readonly label: string;
  /** Its names in lower case, without the hyphens. */
  readonly flags: readonly string[];
  /** How many of the words that follow are its value. */
  readonly takes: 'nothing' | 'word' | 'words';
  /** The flag that may also stand without a value. */
  readonly flagWithoutValue?: string;
  /** What can only be its value, even where the space or the hyphens before it are wrong. */
  readonly valuePattern?: RegExp;
  /** What a value of one word must be; anything when there is no such schema. */
  readonly value?: zod.ZodMiniType;
  /** How a wrong value is put right. */
  readonly advice: string;
}

interface FlagInPrompt {
  /** None for flags that are not in the table. */
  readonly parameter?: Parameter;
  /** The name that was used. */
  readonly flag: string;
  /** A value written without a space after the flag, as in `--ar16:9`. */
  readonly attachedValue: string;
  /** It begins with a dash, which phones make of two hyphens. */
  readonly startsWithDash: boolean;
  /** The flag and what is attached to it, as written. */
  readonly written: string;
}

/** A parameter as it stands in a prompt. */
export interface PromptParameter extends FlagInPrompt {
  readonly value: string;
  /** The words up to the next parameter, whether they are its value or not. */
  readonly followingWords: readonly string[];
}

/** A permutation such as `--ar {1:1, 2:3}` or `{red --v 6, blue --v 7}`: each becomes a prompt of its own. */
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

const HYPHENS = /^(--|[—–][—–-]*)(?=[^—–-])/;
const startsParameter = (word: string): boolean => word === '' || HYPHENS.test(word);

/** Splits a prompt into its text and its parameters. Reads any text, however odd. */
export function promptReader(table: readonly Parameter[]) {
  const flags = table.flatMap((parameter) => parameter.flags.map((flag) => ({ parameter, flag })));
  const byFlag = new Map(flags.map((known) => [known.flag, known]));

  const flagsIn = (words: readonly string[]): (FlagInPrompt | undefined)[] => {
    /** A dash also begins words that are no parameters, so what follows has to fit. */
    const isMeant = ({ parameter, flag }: (typeof flags)[number], place: number) => {
      const next = words[place + 1] ?? '';
      const standsAlone = parameter.takes === 'nothing' || parameter.flagWithoutValue === flag;
      return parameter.valuePattern?.test(next) || (standsAlone && startsParameter(next));
    };

    return words.map((written, place) => {
      const hyphens = HYPHENS.exec(written)?.[0];
      if (hyphens === undefined) {
        return undefined;
      }
      const startsWithDash = hyphens !== '--';
      const name = written.slice(hyphens.length);
      const exact = byFlag.get(name.toLowerCase());
      if (exact && (!startsWithDash || isMeant(exact, place))) {
        return { ...exact, attachedValue: '', startsWithDash, written };
      }
      for (const { parameter, flag } of flags) {
        const attachedValue = name.slice(flag.length).replace(/^[=:]/, '');
        if (name.toLowerCase().startsWith(flag) && parameter.valuePattern?.test(attachedValue)) {
          return { parameter, flag, attachedValue, startsWithDash, written };
        }
      }
      return startsWithDash
        ? undefined
        : { flag: name, attachedValue: '', startsWithDash, written };
    });
  };

  return (prompt: string): { text: readonly string[]; parameters: readonly PromptParameter[] } => {
    const words = wordsOf(prompt);
    const starts = flagsIn(words).flatMap((flag, place) => (flag ? [{ ...flag, place }] : []));
    const parameters = starts.map(({ place, ...flag }, index) => {
      const followingWords = words.slice(place + 1, starts[index + 1]?.place);
      const { attachedValue, parameter } = flag;
      const value =
        attachedValue ||
        (parameter?.takes === 'words' ? followingWords.join(' ') : (followingWords[0] ?? ''));
      return { ...flag, value: parameter?.takes === 'nothing' ? '' : value, followingWords };
    });
    return { text: words.slice(0, starts[0]?.place), parameters };
  };
}
