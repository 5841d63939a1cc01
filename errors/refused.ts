import type { ZObject } from 'zapier-platform-core';
import { callbackSecret } from '../delivery/secret.ts';
import { asSentence, cleanText, failureOf } from '../midjourney/failure.ts';
import type { Connection } from '../services/connection.ts';
import { halted } from './errors.ts';

/** A service may quote what it was sent. */
const withoutSecrets = (text: string, apiKey: string): string =>
  [apiKey, callbackSecret(apiKey)].reduce((rest, secret) => rest.replaceAll(secret, '…'), text);

/**
 * The service did not do what was asked, and said so.
 * @param words its own, as it sent them
 * @param consequence what that means for the step, with a space before it, or ''
 */
export function refused(
  z: ZObject,
  connection: Connection,
  words: string,
  consequence: string,
): Error {
  const { label, keeps } = connection.service;
  const reason = cleanText(withoutSecrets(words, connection.apiKey));
  const said = reason ? ` ${label} says: ${asSentence(reason)}` : '';
  const { advice } = failureOf(reason, keeps.followUps);
  return halted(z, `${label} refused this step.${consequence}${said} ${advice}`);
}
