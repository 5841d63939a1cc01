import { aspectRatioIn } from './aspect_ratio.ts';
import { parameterTable } from './parameter_table.ts';
import type { Parameter } from './prompt.ts';
import { readPrompt } from './read_prompt.ts';

/**
 * Slips that are common in prompts from sheets, phones and Discord, each of which Midjourney counts
 * as an incorrect task: two hyphens with a space, a dash for them, a parameter glued to its value or
 * to the word before it, a ratio that is written otherwise. Only what can be nothing but a parameter
 * is touched; all else stays as it is, to the space.
 */

const COMMAND = /^\s*(\/imagine(?=[\s:]|$)(\s+prompt(?=[\s:]|$))?\s*:?\s*)+/i;

/** Two hyphens as people write them, outside of links. */
const HYPHENS = String.raw`(?<!:\/\/\S*)(?:--|-\s-|[—–])`;

const NUMBER = String.raw`\d{1,4}(?:\.\d{1,3})?`;

const RATIO = new RegExp(
  String.raw`(${HYPHENS}\s*)(ar|aspect)[\s=:]*(${NUMBER}\s*[:：∶/x×]\s*${NUMBER}(?::00)?(?:\s*[ap]m\b)?)(?![\d:.]\d)`,
  'gi',
);

const SPACED = new RegExp(String.raw`(^|\s)(${HYPHENS})(\s*)([a-z]+)(?=(?:\s+(\S+))?)`, 'gi');

const GLUED_TO_TEXT = /(?<!:\/\/\S*)(?<=[^\s—–-])--([a-z]+)(?=\s+(\S+))/gi;

const VERSION = /(--v(?:ersion)?\s+)v(?=\d)/gi;

const startsParameter = (next: string): boolean => next === '' || next.startsWith('--');

const isBetweenWords = (letter = ' '): boolean => /\s/.test(letter);

/** Where a text has this as a whole word; -1 where it has not. */
function placeOf(word: string, text: string): number {
  let place = text.indexOf(word);
  while (
    place >= 0 &&
    !(isBetweenWords(text[place - 1]) && isBetweenWords(text[place + word.length]))
  ) {
    place = text.indexOf(word, place + 1);
  }
  return place;
}

/** A prompt without such slips. Mending twice changes nothing more. */
export function mendPrompt(prompt: string): string {
  const table: readonly Parameter[] = parameterTable();
  const named = (flag: string) => table.find(({ flags }) => flags.includes(flag.toLowerCase()));

  const text = prompt.replace(COMMAND, '');
  const mended = text
    .replace(RATIO, (all, hyphens: string, flag: string, ratio: string, place: number) => {
      const whole = aspectRatioIn(ratio);
      if (!whole) {
        return all;
      }
      const before = text[place - 1] ?? ' ';
      const more = /[-—–]/.test(before) ? hyphens : '--';
      return `${/[\s—–-]/.test(before) ? '' : ' '}${more}${flag} ${whole}`;
    })
    .replace(SPACED, (all, before, hyphens: string, space: string, flag: string, next = '') => {
      const parameter = named(flag);
      const isSplit = /\s/.test(hyphens);
      // "Vitamin — C 4" is no parameter.
      const isProse = /[—–]/.test(hyphens) && flag.length === 1;
      const fits =
        parameter?.valuePattern?.test(next) ||
        (isSplit && parameter?.takes === 'nothing' && startsParameter(next));
      return (isSplit || space !== '') && fits && !isProse ? `${before}--${flag}` : all;
    })
    .replace(GLUED_TO_TEXT, (all, flag: string, next: string) =>
      named(flag)?.valuePattern?.test(next) ? ` --${flag}` : all,
    );

  let rest = mended;
  let done = '';
  for (const { written, flag, attachedValue, startsWithDash } of readPrompt(mended).parameters) {
    const place = Math.max(0, placeOf(written, rest));
    const isWrong = startsWithDash || attachedValue !== '';
    const right = [`--${flag}`, attachedValue].filter(Boolean).join(' ');
    done += rest.slice(0, place) + (isWrong ? right : written);
    rest = rest.slice(place + written.length);
  }
  return (done + rest).replace(VERSION, '$1');
}
