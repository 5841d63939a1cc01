import * as zod from 'zod/mini';

/** How a schema says what is wrong: in zod's own words, which zod/mini has only when it is given them. */
export const ZOD_WORDS = { error: zod.locales.en().localeError };
