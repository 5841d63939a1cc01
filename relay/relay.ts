import { createServer } from './api/server.ts';
import { type Database, openDatabase } from './database.ts';
import { startDeliverer } from './delivery/deliverer.ts';
import { dialer } from './dialer.ts';
import { createMetrics } from './metrics.ts';
import { createQueues } from './queues.ts';
import type { Settings } from './settings.ts';
import { startTidier } from './tidier.ts';

export interface Relay {
  /** Where it listens. */
  readonly url: string;
  /** Takes nothing more in, finishes what is on its way, and is back when that is written down. */
  stop(): Promise<void>;
}

/** Who has not sent his request by then is cut off when the relay stops. */
const PATIENCE_MILLISECONDS = 3_000;

/**
 * Starts a relay.
 * @param log where log lines go, instead of the standard output
 */
export const startRelay = async (settings: Settings, log?: NodeJS.WritableStream): Promise<Relay> =>
  startRelayOn(await openDatabase(settings), settings, log);

/** Starts a relay on a database that is open; it is closed when the relay stops. */
export async function startRelayOn(
  database: Database,
  settings: Settings,
  log?: NodeJS.WritableStream,
): Promise<Relay> {
  const dispatcher = dialer(settings.targets);
  try {
    await createQueues(database.boss);
    const metrics = createMetrics(database);
    const server = await createServer(database, settings, metrics, log);
    database.boss.on('error', (error) => server.log.error({ failure: error.name }, 'The queue.'));
    const deliverer = await startDeliverer(database, dispatcher, metrics);
    await startTidier(database, settings.retentionDays);
    const url = await server.listen({ host: settings.host, port: settings.port });
    return {
      url,
      async stop() {
        const patience = setTimeout(
          () => server.server.closeAllConnections(),
          PATIENCE_MILLISECONDS,
        );
        await server.close();
        clearTimeout(patience);
        await deliverer.stop();
        await database.close();
        await dispatcher.close();
      },
    };
  } catch (error) {
    await database.close();
    await dispatcher.close();
    throw error;
  }
}
