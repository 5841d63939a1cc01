import type { ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { failed } from '../../errors/errors.ts';
import type { HookFilters } from '../delivery.ts';
import type { HookEvent, Subscription } from '../hook.ts';
import { callRelay, hostOf, type Relay, reasonIn } from './relay_client.ts';

const hook = zod.object({ id: zod.string() });

/** A Zap is subscribed again after this, in case the relay's database was lost; it is the same hook then. */
const RENEWED_AFTER_MILLISECONDS = 7 * 24 * 3600 * 1000;

/**
 * Enters a hook at the relay.
 * @throws an error that says what to do
 */
export async function subscribeAtRelay(
  z: ZObject,
  relay: Relay,
  event: HookEvent,
  targetUrl: string,
  filters: HookFilters,
): Promise<Subscription> {
  const answer = await callRelay(z, relay, 'POST', '/v1/hooks', {
    body: {
      event,
      target_url: targetUrl,
      operations: filters.operations ?? [],
      reference: filters.reference ?? '',
    },
  });
  const subscribed = zod.safeParse(hook, answer?.body);
  if (subscribed.success) {
    return {
      id: subscribed.data.id,
      target_url: targetUrl,
      expiration_date: new Date(Date.now() + RENEWED_AFTER_MILLISECONDS).toISOString(),
    };
  }
  const reason = reasonIn(answer, relay);
  if (reason !== undefined) {
    throw failed(
      z,
      `The relay at ${hostOf(relay)} did not let this Zap listen. It says: ${reason} Tell whoever runs it, then switch the Zap on again.`,
      'relay_refused',
      answer?.status,
    );
  }
  throw failed(
    z,
    `The relay at ${hostOf(relay)} did not answer, so this Zap cannot listen for tasks. Try again in a few minutes; if it goes on, tell whoever runs it.`,
    'relay_down',
  );
}

/** Ends a hook. A relay that is down does not keep a Zap on; the hook ends with its next event. */
export async function unsubscribeAtRelay(z: ZObject, relay: Relay, id: string): Promise<void> {
  const answer = await callRelay(z, relay, 'DELETE', `/v1/hooks/${encodeURIComponent(id)}`);
  if (!answer) {
    z.console.log('The relay did not answer; it ends the hook when it next calls it.');
  }
}
