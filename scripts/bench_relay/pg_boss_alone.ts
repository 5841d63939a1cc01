import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '../../relay/database.ts';
import { createQueues } from '../../relay/queues.ts';

/** The second reference: pg-boss alone, with as many jobs of the same kind and no deliveries. */
export interface PgBossAlone {
  readonly sentPerSecond: number;
  readonly processedPerSecond: number;
}

const QUEUE = 'bench';

/**
 * Sends and processes jobs, each sent by itself, as a request would.
 * @param concurrency how many are being sent at the same time
 */
export async function measurePgBoss(
  databaseUrl: string | undefined,
  jobs: number,
  concurrency: number,
): Promise<PgBossAlone> {
  const database = await openDatabase({ databaseUrl, dataFolder: 'memory', poolSize: 12 });
  const { boss } = database;
  await createQueues(boss);
  await boss.createQueue(QUEUE, { notify: true });
  let processed = 0;
  const start = performance.now();
  let last = start;
  await boss.work(
    QUEUE,
    { batchSize: 25, localConcurrency: 6, perJobResults: true, burstWhenBatchFull: true },
    async (batch) => {
      processed += batch.length;
      last = performance.now();
      return batch.map(({ id }) => ({ id, status: 'completed' as const }));
    },
  );
  let next = 0;
  const sender = async () => {
    while (next < jobs) {
      next += 1;
      await boss.send(QUEUE, { delivery: String(next) });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, sender));
  const sent = performance.now();
  while (processed < jobs) {
    await pause(5);
  }
  await database.close();
  return {
    sentPerSecond: (jobs * 1000) / (sent - start),
    processedPerSecond: (jobs * 1000) / (last - start),
  };
}
