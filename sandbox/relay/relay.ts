import { setTimeout as pause } from 'node:timers/promises';
import * as zod from 'zod/mini';
import { callbackSecret, connectionId, managementToken } from '../../delivery/secret.ts';
import { openDatabase } from '../../relay/database.ts';
import { startRelayOn } from '../../relay/relay.ts';
import { readSettings } from '../../relay/settings.ts';

/** The real relay, between the stand-ins for the service and Zapier. */
export interface SandboxRelay {
  readonly url: string;
  /** Resolves when nothing waits to be delivered for the account with this key. */
  settled(apiKey: string): Promise<void>;
  /** Makes dead letters of what failed for this account, as after a day and a half. */
  giveUp(apiKey: string): Promise<void>;
  stop(): Promise<void>;
}

const deliveries = zod.object({ data: zod.array(zod.unknown()) });

const LOOK_AGAIN_MILLISECONDS = 20;

/**
 * Starts a relay that keeps everything in memory and calls this machine only.
 * @param variables settings besides, as environment variables
 * @param contents what its database starts from instead of an empty one; see `openDatabase`
 */
export async function startSandboxRelay(
  variables: Record<string, string> = {},
  contents?: Blob,
): Promise<SandboxRelay> {
  const settings = readSettings({
    PORT: '0',
    RELAY_DATA: 'memory',
    RELAY_TARGETS: '127.0.0.1,localhost',
    LOG_LEVEL: 'silent',
    ...variables,
  });
  const database = await openDatabase(settings, contents);
  const { url, stop } = await startRelayOn(database, settings);
  return {
    url,
    stop,
    giveUp: (apiKey) =>
      database.run(
        `update relay.delivery set state = 'dead', settled_at = now()
         where connection = $1 and state = 'waiting' and attempts > 0`,
        [connectionId(callbackSecret(apiKey))],
      ),
    async settled(apiKey) {
      const headers = { authorization: `Bearer ${managementToken(apiKey)}` };
      for (;;) {
        const answer = await fetch(`${url}/v1/deliveries?state=waiting&limit=1`, { headers });
        if (zod.parse(deliveries, await answer.json()).data.length === 0) {
          return;
        }
        await pause(LOOK_AGAIN_MILLISECONDS);
      }
    },
  };
}
