/** Why a task failed, in a word that filters can use, and what the user can do about it. */
export interface Failure {
  readonly kind: ErrorKind;
  readonly advice: string;
}

export type ErrorKind =
  | 'banned_prompt'
  | 'invalid_input'
  | 'invalid_link'
  | 'outdated_parent'
  | 'moderated'
  | 'quota'
  | 'busy'
  | 'timeout'
  | 'unknown';

/**
 * The first pattern that fits a service's text decides. Some texts were recorded, of `banned_prompt`,
 * `invalid_link` and `outdated_parent`; others come from public reports, and the rest is what such
 * services usually say (guessed, see docs/gotchas.md).
 */
const TEXTS: readonly (readonly [RegExp, ErrorKind])[] = [
  [/banned (image )?(prompt|word|keyword)|failed to check prompt/i, 'banned_prompt'],
  [
    /moderat|content policy|community (standard|guideline)|image filter|blocked by|sensitive/i,
    'moderated',
  ],
  [
    /invalid (image )?(link|url)|not a valid (url|link)|validate (this|the) (link|url)|downloading this image|(failed to|could not|cannot|can't) (download|fetch|load)/i,
    'invalid_link',
  ],
  [/outdated/i, 'outdated_parent'],
  [/no (available )?capacity|overloaded|(is|are) busy|retry shortly/i, 'busy'],
  [
    /credit|quota|insufficient|balance|limit (reached|exceeded)|relax tasks|fast hours|\b402\b|payment required/i,
    'quota',
  ],
  [
    /(prompt|text|input|description)\b.{0,40} too long|too long.{0,40} (prompt|text)/i,
    'invalid_input',
  ],
  [/time[d -]*out|too long/i, 'timeout'],
  [/invalid|unrecognized|missing|empty prompt|parameter/i, 'invalid_input'],
];

/** None of those that count against a daily limit says to run the step again as it is. */
const adviceOn = (followUps: string): Record<ErrorKind, string> => ({
  banned_prompt:
    'A word in the prompt is not allowed. Take that word out before the next run; repeated banned prompts can get the account blocked for the day.',
  invalid_input:
    'Correct the prompt and its parameters before the next run; wrong ones count against a daily limit.',
  invalid_link:
    'An image link could not be opened. Use a public link that ends in the picture itself, for example https://example.com/fox.png.',
  outdated_parent: `Follow-ups such as Upscale Image or Vary Image are accepted for about ${followUps} after the first picture. Run Create Images again and follow up sooner.`,
  moderated: 'This was stopped in a review of its content. Reword the prompt before the next run.',
  quota:
    'The account has no credits or quota left for this. Top it up, or wait until the quota is renewed.',
  busy: 'The service has no room for it at the moment. Run the step again in some minutes.',
  timeout: 'The service did not finish in time. Run the step again later.',
  unknown: 'Look at the task in your workspace at the service before you run the step again.',
});

/**
 * Reads the reason out of a service's text.
 * @param followUps for how long the service accepts them, e.g. `3 hours`
 */
export function failureOf(text: string, followUps = 'a few hours'): Failure {
  const kind = TEXTS.find(([pattern]) => pattern.test(text))?.[1] ?? 'unknown';
  return { kind, advice: adviceOn(followUps)[kind] };
}

/** A cleaned text with one full stop at its end. */
export const asSentence = (line: string): string => line.replace(/[.!]?$/, '.');

const LONGEST = 500;

/** Control characters, white space, and marks that turn the direction of the text around. */
const UNPRINTED = /[\p{Cc}\s\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** A service's text as one short line: nothing unprinted, at most 500 characters. */
export function cleanText(text: string): string {
  const characters = [...text.replace(UNPRINTED, ' ').trim()];
  return characters.length > LONGEST
    ? `${characters.slice(0, LONGEST - 1).join('')}…`
    : characters.join('');
}
