import type { Bundle } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { type HookEvent, hookId, type Receiver } from '../delivery/hook.ts';

const subscribeData = zod.object({ id: zod.string(), target_url: zod.string() });

/** What subscribing returned, as Zapier hands it back; empty when neither that nor the URL is there. */
export function subscriptionOf(event: HookEvent, bundle: Bundle): Receiver {
  const { data } = zod.safeParse(subscribeData, bundle.subscribeData);
  const target_url = bundle.targetUrl ?? '';
  return { event, ...(data ?? { id: target_url && hookId(event, target_url), target_url }) };
}
