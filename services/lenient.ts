import * as zod from 'zod/mini';
import { isLink } from '../midjourney/links.ts';

/**
 * Schemas for bodies that come from outside: a part that is missing or of another type becomes
 * its empty value, so that one odd field never costs the user the task. One of each is enough, and
 * the app starts sooner with few.
 */
export const text = zod.catch(zod.string(), '');

/** A number, also as text. Strict: for wrapping. */
export const numeric = zod.union([
  zod.number(),
  zod.pipe(zod.string().check(zod.regex(/^\d+(\.\d+)?$/)), zod.transform(Number)),
]);

export const count = zod.catch(numeric, 0);

/** A number; undefined for anything else, where 0 would say something. */
export const amount = zod.catch(zod.optional(numeric), undefined);

/** Text, also where a service gives it as a number. */
export const identifier = zod.pipe(
  zod.catch(zod.union([zod.string(), zod.number()]), ''),
  zod.transform(String),
);

export const texts = zod.pipe(
  zod.catch(zod.array(zod.unknown()), []),
  zod.transform((list) =>
    list.filter((item) => typeof item === 'string').filter((item) => item !== ''),
  ),
);

const reasonIn = (value: unknown): string => {
  if (typeof value === 'string') {
    return value;
  }
  const { raw_message, message, reason, detail } = Object(value);
  return (
    [raw_message, message, reason, detail].find(
      (part) => typeof part === 'string' && part !== '',
    ) ?? ''
  );
};

/** Why something failed: a text, or a list of texts or of objects with a message; the first counts. */
export const firstReason = zod.pipe(
  zod.optional(zod.unknown()),
  zod.transform((value: unknown) => [value].flat().map(reasonIn).find(Boolean) ?? ''),
);

/** A web address, or '' for anything else. */
export const webUrl = zod.pipe(
  text,
  zod.transform((value) => (isLink(value) ? value : '')),
);

export const webUrls = zod.pipe(
  texts,
  zod.transform((list) => list.filter(isLink)),
);

/** An object as it is; anything else reads as an empty one. */
export const anyObject = zod.catch(zod.record(zod.string(), zod.unknown()), {});

/** An object whose parts are lenient themselves; anything else reads as an empty one. */
export const part = <Shape extends Record<string, zod.ZodMiniType>>(shape: Shape) => {
  const schema = zod.object(shape);
  return zod.pipe(anyObject, schema);
};

/** Whole percent, from anything that is a number. */
export const percent = zod.pipe(
  zod.catch(zod.optional(numeric), undefined),
  zod.transform((value) =>
    value === undefined ? undefined : Math.round(Math.min(100, Math.max(0, value))),
  ),
);

/** Beyond this, the year 5138, a number is no time in seconds. */
const LATEST_SECONDS = 1e11;

/** Epoch seconds as ISO 8601 with offset; 0, negative and absurd ones read as unset. */
export const isoTime = (seconds: number): string =>
  seconds > 0 && seconds < LATEST_SECONDS
    ? new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, '+00:00')
    : '';

/** A time in text as ISO 8601 with offset; '' for the year 1, which means unset, and for no time. */
export const isoText = zod.pipe(
  text,
  // A time without a zone is UTC, wherever this runs.
  zod.transform((value) => {
    const zoned = /T[\d:.]+$/.test(value) ? `${value}Z` : value;
    return isoTime(Math.floor(Date.parse(zoned) / 1000));
  }),
);
