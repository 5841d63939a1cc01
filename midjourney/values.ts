import * as zod from 'zod/mini';

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
    zod.union([zod.string(), zod.number()], { error: 'Use a text or a number.' }),
    zod.transform((value: string | number) => String(value).trim()),
  );

/** A whole number, also as text. */
export const wholeNumber = (
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): zod.ZodMiniType<number> => {
  const error =
    most === Number.MAX_SAFE_INTEGER
      ? `Enter a whole number, ${least} or more.`
      : `Enter a whole number from ${least} to ${most}.`;
  return zod.pipe(
    zod.union(
      [
        zod.number(),
        zod.pipe(
          zod.string(),
          zod.transform((text) => (/^\s*-?\d+\s*$/.test(text) ? Number(text) : Number.NaN)),
        ),
      ],
      { error },
    ),
    zod.int(error).check(zod.gte(least, error), zod.lte(most, error)),
  );
};

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

/** One of the API's words, a JSON string: a number is as good as its text. */
export const word = (choices: readonly { readonly value: string }[]): zod.ZodMiniType<string> =>
  zod.pipe(
    zod.transform((value: unknown) => (typeof value === 'number' ? String(value) : value)),
    oneOf(choices.map(({ value }) => value)),
  );
