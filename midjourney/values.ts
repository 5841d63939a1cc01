import * as zod from 'zod/mini';
import { choiceMeant } from './choice.ts';
import type { Choice } from './choices.ts';

const YES = ['true', 'yes', 'y', 'on', '1'];
const NO = ['false', 'no', 'n', 'off', '0'];

/** Yes or no, also as a word or a number. */
export const yesOrNo = (): zod.ZodMiniType<boolean> =>
  zod.pipe(
    zod.transform((value: unknown) => {
      const word = typeof value === 'object' ? '' : String(value).trim().toLowerCase();
      return YES.includes(word) || (NO.includes(word) ? false : undefined);
    }),
    zod.boolean('Choose yes or no.'),
  );

/** Short text; a number is as good as its text. */
export const textOrNumber = () =>
  zod.pipe(
    zod.union([zod.string(), zod.number()], {
      error: ({ input }) =>
        input === undefined ? 'Fill in this field.' : 'Use a text or a number.',
    }),
    zod.transform((value: string | number) => String(value).trim()),
  );

/** `250`, and as sheets write it, `250.0`. With three zeros it could be a thousand. */
const WHOLE = /^-?\d+(\.0{1,2})?$/;

/** `1,234,567`, `1.234`, `1 234` */
const SEPARATED = /^\d{1,3}([.,'’\s]\d{3})+$/;

/** `from 1 to 10`, `1 or more`, `at most 10`; '' for any number. */
function rangeIn(least: number | undefined, most: number | undefined): string {
  if (least === undefined) {
    return most === undefined ? '' : `at most ${most}`;
  }
  return most === undefined ? `${least} or more` : `from ${least} to ${most}`;
}

/** "Enter a whole number from 1 to 10." */
const numberAdvice = (what: string, least: number | undefined, most: number | undefined) => {
  const range = rangeIn(least, most);
  return `Enter ${what}${range && (range.startsWith('from') ? ` ${range}` : `, ${range}`)}.`;
};

/** Ends of a range that are not there leave it open. */
const within = (least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER, error: string) =>
  [zod.gte(least, error), zod.lte(most, error)] as const;

/** A whole number, also as text. */
export const wholeNumber = (least?: number, most?: number): zod.ZodMiniType<number> => {
  const error = numberAdvice('a whole number', least, most);
  return zod.pipe(
    zod.transform((value: unknown, { issues }) => {
      const text = typeof value === 'string' ? value.trim() : undefined;
      if (text === undefined || WHOLE.test(text)) {
        return text === undefined ? value : Number(text);
      }
      const digits = text.replace(/\D/g, '');
      const message = SEPARATED.test(text) ? `Write it without separators: ${digits}.` : error;
      issues.push({ code: 'custom', message, input: value });
      return zod.NEVER;
    }),
    zod.int(error).check(...within(least, most, error)),
  );
};

/** `1,500`, which is 1500 to some and 1.5 to others. */
const THOUSAND_OR_DECIMAL = /^-?[1-9]\d{0,2},\d{3}$/;

/** A number, also as text and with a decimal comma. */
export const anyNumber = (least?: number, most?: number): zod.ZodMiniType<number> => {
  const error = numberAdvice('a number', least, most);
  return zod.pipe(
    zod.transform((value: unknown, { issues }) => {
      const text = typeof value === 'string' ? value.trim() : '';
      if (THOUSAND_OR_DECIMAL.test(text)) {
        const message = `Write ${text.replace(',', '')} or ${text.replace(',', '.')}: a comma may mean both.`;
        issues.push({ code: 'custom', message, input: value });
        return zod.NEVER;
      }
      return /^-?\d*[.,]?\d+$/.test(text) ? Number(text.replace(',', '.')) : value;
    }),
    zod.number(error).check(...within(least, most, error)),
  );
};

/** Any text, which may stay empty. */
export const plainText = () => zod.string({ error: 'Use a text.' }).check(zod.trim());

/** Some words. @param advice said where there are none */
export const someWords = (advice: string) =>
  zod.string({ error: advice }).check(zod.trim(), zod.minLength(1, advice));

/** Text that is a decimal number becomes that number; anything else stays for the next schema. */
export const decimal = zod.transform((value: unknown) =>
  typeof value === 'string' && /^\s*\d*\.?\d+\s*$/.test(value) ? Number(value) : value,
);

/** One of a few words; letter case and surrounding spaces do not matter. */
export const oneOf = <const Word extends string>(words: readonly Word[]): zod.ZodMiniType<Word> =>
  zod.pipe(
    zod.pipe(
      zod.string({ error: `Choose one of: ${words.join(', ')}.` }),
      zod.transform((text) => text.trim().toLowerCase()),
    ),
    zod.enum(words, { error: `Choose one of: ${words.join(', ')}.` }),
  );

/** One of the API's words, a JSON string, also as what people read of it. */
export const word = (choices: readonly Choice[]): zod.ZodMiniType<string> =>
  zod.pipe(
    zod.transform((value: unknown) => {
      const text = typeof value === 'number' ? String(value) : value;
      return typeof text === 'string' ? (choiceMeant(text, choices) ?? text) : text;
    }),
    oneOf(choices.map(({ value }) => value)),
  );
