import * as zod from 'zod/mini';
import { cleanText } from './failure.ts';
import type { Parameter, PromptParameter } from './prompt.ts';

/** A parameter as a problem shows it. */
export const quoted = ({ flag, value }: Pick<PromptParameter, 'flag' | 'value'>): string =>
  cleanText(`--${flag} ${value}`);

/** A comma or full stop behind a value belongs to the text. */
export const bare = (value: string): string => value.replace(/[.,;]$/, '');

/** Everything that Midjourney would refuse in one parameter, once the task has cost something. */
export function mistakesIn({ parameter, flag, value }: PromptParameter): string[] {
  if (!parameter) {
    return [];
  }
  if (value === '') {
    return parameter.takes === 'nothing' || parameter.flagWithoutValue === flag
      ? []
      : [`--${flag} has no value. ${parameter.advice}`];
  }
  // A group stands for many values.
  if (!parameter.value || value.includes('{')) {
    return [];
  }
  return zod.safeParse(parameter.value, bare(value)).success
    ? []
    : [`${quoted({ flag, value })} does not work. ${parameter.advice}`];
}

/** Lists may be continued; any other parameter can be given once. */
export function repeated(parameter: Parameter, all: readonly PromptParameter[]): string[] {
  const keep = all.length === 2 ? 'one of the two' : 'only one of them';
  return all.length < 2 || parameter.takes === 'words'
    ? []
    : [`It says ${cleanText(all.map(quoted).join(' and '))}. Keep ${keep}.`];
}

/** Whether words after a parameter cannot be its value, so that they are text in an odd place. */
export const holdsText = ({
  parameter,
  followingWords,
  attachedValue,
}: PromptParameter): boolean => {
  const most = { nothing: 0, word: attachedValue ? 0 : 1, words: Number.POSITIVE_INFINITY };
  return followingWords.length > most[parameter?.takes ?? 'word'];
};
