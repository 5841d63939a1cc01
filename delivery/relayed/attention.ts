import type { ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { failed } from '../../errors/errors.ts';
import { withoutSecrets } from '../../errors/refused.ts';
import { text } from '../../services/lenient.ts';
import type { Matter } from '../delivery.ts';
import { callbackSecretOf } from '../secret.ts';
import { callRelay, hostOf, type Relay, reasonIn } from './relay_client.ts';

const attention = zod.object({
  data: zod.array(
    zod.object({
      id: zod.string(),
      kind: zod.string(),
      subject: zod.string(),
      count: zod.number(),
      since: zod.string(),
      message: zod.string(),
      advice: zod.string(),
      answer: text,
    }),
  ),
});

/**
 * What needs a person, newest first; without the secrets that a Zap's last answer may quote.
 * @throws an error that says what to do, when the relay refuses or does not answer
 */
export async function attentionAtRelay(z: ZObject, relay: Relay): Promise<Matter[]> {
  // Only the first needs the relay's access token. With a wrong one nothing is ever delivered for
  // the connection, and so nothing would be listed.
  const [signedIn, answer] = await Promise.all([
    callRelay(z, relay, 'GET', '/v1/connections'),
    callRelay(z, relay, 'GET', '/v1/attention'),
  ]);
  if (answer?.status === 404) {
    throw failed(
      z,
      `The relay at ${hostOf(relay)} is of an earlier version, which does not report what needs attention. Ask whoever runs it to update it, then switch this Zap on again.`,
      'relay_outdated',
      answer.status,
    );
  }
  for (const one of [signedIn, answer]) {
    const reason = reasonIn(one, relay);
    if (reason !== undefined) {
      throw failed(
        z,
        `The relay at ${hostOf(relay)} did not tell this Zap what needs attention. It says: ${reason} Tell whoever runs it.`,
        'relay_refused',
        one?.status,
      );
    }
  }
  const listed = zod.safeParse(attention, answer?.body);
  if (!listed.success) {
    throw failed(
      z,
      `The relay at ${hostOf(relay)} did not answer, so nobody knows what needs attention there. Try again in a few minutes; if it goes on, tell whoever runs it.`,
      'relay_down',
    );
  }
  const secrets = [relay.token, relay.accessToken, callbackSecretOf(relay.token)];
  return listed.data.data.map((matter) => ({
    ...matter,
    message: withoutSecrets(matter.message, secrets),
    answer: withoutSecrets(matter.answer, secrets),
  }));
}
