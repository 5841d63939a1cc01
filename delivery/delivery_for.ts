import type { ZObject } from 'zapier-platform-core';
import type { Connection } from '../services/connection.ts';
import { type Delivery, NO_WEBHOOKS } from './delivery.ts';
import { directDelivery } from './direct/direct_delivery.ts';
import { relayOf } from './relayed/relay_client.ts';
import { relayedDelivery } from './relayed/relayed_delivery.ts';

/** The delivery of a connection: through a relay where `RELAY_URL` is set, direct otherwise. */
export function deliveryFor(z: ZObject, connection: Connection): Delivery {
  const direct = directDelivery(z, connection);
  const relay = relayOf(connection.apiKey);
  const chosen = relay ? relayedDelivery(z, connection, relay, direct) : direct;
  return {
    ...chosen,
    // A relay looks after what is never reported.
    webhooksFor: async (request) =>
      request.reports === 'nothing' && !relay ? NO_WEBHOOKS : chosen.webhooksFor(request),
  };
}
