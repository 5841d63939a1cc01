import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type Counts, countArrivals, waitForArrivals } from './arrivals.ts';
import { callersOf, subscribeAll } from './caller.ts';
import { startRelay, UNLIMITED } from './program.ts';
import { acknowledgedIds, startSteadyLoad } from './steady_load.ts';
import { startTarget } from './target.ts';

/** What was killed how often, and what became of the events. */
export interface RandomKills {
  readonly relay: number;
  readonly postgres: number;
  readonly both: number;
  readonly counts: Counts;
}

const KILLS = 100;
const CONNECTIONS = 40;
const PER_SECOND = 100;
const KINDS = ['relay', 'postgres', 'both'] as const;
/** Longer than the retries are apart of a delivery whose outcome is not known. */
const PATIENCE_SECONDS = 100;

/** The same kills at the same moments in every run. */
function randomNumbers(): () => number {
  let seed = 7;
  return () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
}

/** PostgreSQL restarts all of itself when one of its processes is killed, as after a crash. */
async function crash(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(`copy (select pg_backend_pid()) to program 'xargs kill -9'`);
  } catch {
    // It is gone before it can answer.
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Kills of the relay, of PostgreSQL, and of both, under load. */
export async function measureRandomKills(environment: {
  readonly DATABASE_URL: string;
}): Promise<RandomKills> {
  const random = randomNumbers();
  const kills = { relay: 0, postgres: 0, both: 0 };
  const target = await startTarget();
  const variables = { ...environment, ...UNLIMITED };
  let relay = await startRelay(variables);
  const restart = async (): Promise<void> => {
    await relay.kill();
    for (let isBack = false; !isBack; ) {
      // A database that is on its way up refuses it, and whoever runs it starts it again.
      relay = await startRelay(variables).catch(() => relay);
      isBack = await fetch(`${relay.address}/livez`).then(
        () => true,
        () => false,
      );
    }
  };
  try {
    const callers = callersOf('kills', CONNECTIONS);
    await subscribeAll(relay.address, callers, `${target.url}/kills`);
    const load = startSteadyLoad(() => relay.address, callers, {
      name: 'kills',
      perSecond: PER_SECOND,
    });
    for (let number = 0; number < KILLS; number += 1) {
      await pause(300 + random() * 1_500);
      const kind = KINDS[Math.floor(random() * KINDS.length)] ?? 'both';
      kills[kind] += 1;
      await (kind === 'relay' ? undefined : crash(environment.DATABASE_URL));
      await (kind === 'postgres' ? undefined : restart());
    }
    await pause(3_000);
    await load.end();
    const taskIds = acknowledgedIds(load.events);
    await waitForArrivals(target, taskIds, { patience: PATIENCE_SECONDS });
    const refused = load.events.length - taskIds.length;
    return { ...kills, counts: countArrivals(target, taskIds, refused) };
  } finally {
    await relay.stop();
    await target.stop();
  }
}
