import { createServer } from './api/server.ts';
import { type Database, openDatabase } from './database.ts';
import { startDeliverer } from './delivery/deliverer.ts';
import { dialer } from './dialer.ts';
import { createMetrics } from './metrics.ts';
import { createQueues } from './queues.ts';
import { startCleanup } from './retention.ts';
import type { Settings } from './settings.ts';

export interface Relay {
  /** The URL that it listens on. */
  readonly url: string;
  /** Shuts down gracefully: refuses requests, finishes attempts and records their outcomes. */
  stop(): Promise<void>;
}

/** At shutdown, connections still open after this are closed. */
const SHUTDOWN_GRACE_MILLISECONDS = 3_000;

/**
 * Starts a relay.
 * @param log where log lines go instead of standard output
 */
export const startRelay = async (settings: Settings, log?: NodeJS.WritableStream): Promise<Relay> =>
  startRelayOn(await openDatabase(settings), settings, log);

/** Starts a relay on an open database, and closes the database when the relay stops. */
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
    database.boss.on('error', (error) =>
      server.log.error({ failure: error.name }, 'The job queue failed.'),
    );
    const deliverer = await startDeliverer(database, dispatcher, metrics);
    await startCleanup(database, settings.retentionDays);
    const url = await server.listen({ host: settings.host, port: settings.port });
    return {
      url,
      async stop() {
        const closing = setTimeout(
          () => server.server.closeAllConnections(),
          SHUTDOWN_GRACE_MILLISECONDS,
        );
        await server.close();
        clearTimeout(closing);
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
