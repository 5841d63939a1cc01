import * as zod from 'zod/mini';
import { isLink } from '../midjourney/links.ts';

const anything = zod.optional(zod.unknown());

/**
 * A schema that takes whatever it gets. Zod's own `catch` would bring all of its helpers into the
 * bundle, half as much again.
 */
export const lenient = <Read>(read: (value: unknown) => Read) =>
  zod.pipe(anything, zod.transform(read));

/**
 * Schemas for bodies that come from outside: a part that is missing or of another type becomes
 * its empty value, so that one odd field never costs the user the task. One of each is enough, and
 * the app starts sooner with few.
 */
export const text = lenient((value) => (typeof value === 'string' ? value : ''));

/** A number, also as text; undefined for anything else. */
const numberIn = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};

export const count = lenient((value) => numberIn(value) ?? 0);

/** A number; undefined for anything else, where 0 would say something. */
export const amount = lenient(numberIn);

/** Text, also where a service gives it as a number. */
export const identifier = lenient((value) =>
  typeof value === 'string' || numberIn(value) !== undefined ? String(value) : '',
);

const textsIn = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.filter((item) => typeof item === 'string').filter((item) => item !== '')
    : [];

export const texts = lenient(textsIn);

/** A list of whatever is in it; empty for anything else. */
export const list = lenient((value): unknown[] => (Array.isArray(value) ? value : []));

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
export const firstReason = lenient((value) => [value].flat().map(reasonIn).find(Boolean) ?? '');

/** A web address, or '' for anything else. */
export const webUrl = lenient((value) => (typeof value === 'string' && isLink(value) ? value : ''));

export const webUrls = lenient((value) => textsIn(value).filter(isLink));

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object as it is; anything else reads as an empty one. */
export const anyObject = lenient(
  (value): Record<string, unknown> => (isObject(value) ? value : {}),
);

/** An object whose parts are lenient themselves; anything else reads as an empty one. */
export const part = <Shape extends Record<string, zod.ZodMiniType>>(shape: Shape) => {
  const schema = zod.object(shape);
  return zod.pipe(anyObject, schema);
};

/** Whole percent, from anything that is a number. */
export const percent = lenient((value) => {
  const number = numberIn(value);
  return number === undefined ? undefined : Math.round(Math.min(100, Math.max(0, number)));
});

/** Beyond this, the year 5138, a number is no time in seconds. */
const LATEST_SECONDS = 1e11;

/** Epoch seconds as ISO 8601 with offset; 0, negative and absurd ones read as unset. */
export const isoTime = (seconds: number): string =>
  seconds > 0 && seconds < LATEST_SECONDS
    ? new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, '+00:00')
    : '';

/** A time in text as ISO 8601 with offset; '' for the year 1, which means unset, and for no time. */
export const isoText = lenient((value) => {
  const written = typeof value === 'string' ? value : '';
  // A time without a zone is UTC, wherever this runs.
  const zoned = /T[\d:.]+$/.test(written) ? `${written}Z` : written;
  return isoTime(Math.floor(Date.parse(zoned) / 1000));
});
