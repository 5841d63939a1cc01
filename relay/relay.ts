import { createServer } from './api/server.ts';
import { codeOf, type Database, openDatabase } from './database.ts';
import { startDeliverer } from './delivery/deliverer.ts';
import { startLookingAfter } from './delivery/look_after.ts';
import { dialer } from './dialer.ts';
import { createHealth } from './health.ts';
import { createMetrics } from './metrics.ts';
import { createQueues } from './queues.ts';
import { startCleanup } from './retention.ts';
import type { Settings } from './settings.ts';
import { startSummingUp } from './store/sum_up.ts';

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
    const health = createHealth(database);
    const server = await createServer(database, settings, metrics, health, log);
    const reportFailure = (error: Error) => {
      health.deliveriesFailed();
      metrics.delivererFailed();
      server.log.error(
        { failure: error.name, code: codeOf(error) },
        'Deliveries cannot be made. Look at the database: whether it answers, has its tables and can be written.',
      );
    };
    database.boss.on('error', reportFailure);
    const deliverer = await startDeliverer(database, dispatcher, metrics, {
      onFailure: reportFailure,
      onSuccess: health.deliveriesWork,
    });
    await startCleanup(database, settings.retentionDays);
    await startLookingAfter(database, dispatcher);
    await startSummingUp(database);
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
