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

/**
 * The service refused the request and said why.
 * @param words the service's own, as it sent them
 * @param consequence what that means for the step, with a space before it, or ''
 */
export function refused(
  z: ZObject,
  { service: { label, keeps }, secrets }: RefusingService,
  words: string,
  consequence: string,
): Error {
  const reason = cleanText(withoutSecrets(words, secrets));
  const quote = reason ? ` ${label} says: ${asSentence(reason)}` : '';
  const { advice } = failureOf(reason, keeps.followUps);
  return halted(z, `${label} refused this step.${consequence}${quote} ${advice}`);
}
