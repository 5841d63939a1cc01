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
  | 'timeout'
  | 'unknown';

/**
 * The first pattern that fits a service's text decides. The texts of `banned_prompt`,
 * `invalid_link` and `outdated_parent` were recorded; the others are what such services usually
 * say (guessed, see docs/gotchas.md).
 */
const TEXTS: readonly (readonly [RegExp, ErrorKind])[] = [
  [/banned (prompt|word)|failed to check prompt/i, 'banned_prompt'],
  [/invalid link|downloading this image|could not fetch image/i, 'invalid_link'],
  [/outdated/i, 'outdated_parent'],
  [/moderat|content policy|blocked by|sensitive/i, 'moderated'],
  [/credit|quota|insufficient|balance|limit (reached|exceeded)/i, 'quota'],
  [/time[d -]*out|too long/i, 'timeout'],
  [/invalid|unrecognized|missing|empty prompt|parameter/i, 'invalid_input'],
];

const adviceOn = (followUps: string): Record<ErrorKind, string> => ({
  banned_prompt:
    'A word in the prompt is not allowed. Take that word out and run the step again; repeated banned prompts can get the account blocked for the day.',
  invalid_input: 'Check the prompt and its parameters, then run the step again.',
  invalid_link:
    'An image link could not be opened. Use a public link that ends in the picture itself, for example https://example.com/fox.png.',
  outdated_parent: `Follow-ups such as Upscale or Variation are accepted for about ${followUps} after the first picture. Run Imagine again and follow up sooner.`,
  moderated:
    'This was stopped in a review of its content. Reword the prompt and run the step again.',
  quota:
    'The account has no credits or quota left for this. Top it up, or wait until the quota is renewed.',
  timeout: 'The service did not finish in time. Run the step again later.',
  unknown:
    'Run the step again; if it fails again, look at the task in your workspace at the service.',
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
