import type { ZObject } from 'zapier-platform-core';
import { asSentence, cleanText, failureOf } from '../midjourney/failure.ts';
import { halted } from './errors.ts';

/** Who refused, and what must not be shown of its answer. */
export interface RefusingService {
  readonly service: { readonly label: string; readonly keeps: { readonly followUps: string } };
  /** A service may quote what it was sent. */
  readonly secrets: readonly string[];
}

/** A text from outside with all secrets in it cut out. */
export const withoutSecrets = (text: string, secrets: readonly string[]): string =>
  secrets
    .filter((secret) => secret !== '')
    .reduce((rest, secret) => rest.replaceAll(secret, '…'), text);

/** How services word that they do not know what a request is about (guessed). */
export const isMissing = (status: number | undefined, words: string): boolean =>
  status === 404 ||
  (status !== undefined &&
    [400, 422, 500].includes(status) &&
    /not (be )?found|not exist|no such|unknown task/i.test(words));

/** Statuses that say why, whatever the words are. */
const ADVICE: Readonly<Record<number, string>> = {
  402: 'The account has no balance left for this. Top it up at the service before the next run; Get Account says what is left.',
  403: 'The plan of the account, or its key, does not include this. Look at the plan at the service.',
};

/** What to do about a refusal whose words say nothing that we know: there is no task to look at. */
function adviceOn(status: number | undefined, words: string): string {
  return isMissing(status, words)
    ? 'Check the Task ID, or the Base URL of the connection if it has one: the task may be of another account, or no longer kept.'
    : 'Correct what it names before the next run.';
}

/**
 * The service refused the request and said why.
 * @param words the service's own, as it sent them
 * @param consequence what that means for the step, with a space before it, or ''
 * @param status of the answer, where that says it was refused
 */
export function refused(
  z: ZObject,
  { service: { label, keeps }, secrets }: RefusingService,
  words: string,
  consequence: string,
  status?: number,
): Error {
  const reason = cleanText(withoutSecrets(words, secrets));
  const quote = reason ? ` ${label} says: ${asSentence(reason)}` : '';
  const { kind, advice } = failureOf(reason, keeps.followUps);
  // That wrong input counts against a limit is said of tasks that failed, not of what was refused.
  const isKnown = kind !== 'unknown' && kind !== 'invalid_input';
  const next = ADVICE[status ?? 0] ?? (isKnown ? advice : adviceOn(status, words));
  return halted(z, `${label} refused this step.${consequence}${quote} ${next}`);
}
