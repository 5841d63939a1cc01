import { setTimeout as pause } from 'node:timers/promises';
import { callerOf, endOf, subscribe } from './caller.ts';
import { type LoadRequest, type LoadResult, percentile, sendLoad } from './load.ts';
import { measurePgBoss } from './pg_boss_alone.ts';
import { startProgram } from './program.ts';
import { startTarget, type Target } from './target.ts';
import { measureAttacks } from './under_attack.ts';

/**
 * `npm run bench:relay`: how fast the relay acknowledges and delivers callbacks, compared with a bare
 * route and with pg-boss alone in the same run. Figures depend on the machine; ratios hardly do.
 */

const EVENTS = 6_000;
const CONCURRENCY = 64;
const PACED = { perSecond: 100, seconds: 15 };
/** Enough that no hook gets more than 25 events a second, the rate limit of a target. */
const CONNECTIONS = 400;

const out = (text: string) => process.stdout.write(`${text}\n`);
const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const tenth = (value: number): string => value.toFixed(1);

const CALLERS = Array.from({ length: CONNECTIONS }, (_, number) => callerOf(`bench-key-${number}`));

/** Final events of tasks, spread over the connections in turn. */
const finishedTasks = (
  name: string,
  amount: number,
): { taskIds: string[]; requests: LoadRequest[] } => {
  const taskIds = Array.from({ length: amount }, (_, number) => `${name}-${number}`);
  const prompt = 'red fox in fresh snow '.repeat(8);
  return {
    taskIds,
    requests: taskIds.flatMap((taskId, number) => {
      const caller = CALLERS[number % CONNECTIONS];
      return caller ? endOf(caller, taskId, { prompt, query: `?reference=row-${number}` }) : [];
    }),
  };
};

async function subscribeAll(relay: string, target: Target): Promise<void> {
  for (const [number, caller] of CALLERS.entries()) {
    const answer = await subscribe(relay, caller, `${target.url}/hook/${number}`);
    if (answer.status !== 201) {
      throw new Error(`Subscribing a hook failed: ${answer.status} ${await answer.text()}`);
    }
  }
}

/** Waits until all have been delivered; gives up when nothing has arrived for 10 s. */
async function waitForArrivals(target: Target, amount: number): Promise<void> {
  let before = -1;
  for (let idle = 0; target.arrivals.size < amount && idle < 100; ) {
    await pause(100);
    idle = target.arrivals.size === before ? idle + 1 : 0;
    before = target.arrivals.size;
  }
  // Time for a duplicate delivery to show.
  await pause(1_000);
}

let exactlyOnce = true;

function verify(target: Target, taskIds: readonly string[], { refused }: LoadResult): void {
  const lost = taskIds.filter((id) => !target.arrivals.has(id)).length;
  const repeated = taskIds.filter((id) => (target.arrivals.get(id) ?? 0) > 1).length;
  exactlyOnce &&= lost === 0 && repeated === 0 && refused === 0;
  out(
    `    ${whole(taskIds.length)} events: ${refused} refused, ${lost} lost, ${repeated} arrived twice`,
  );
}

interface Measured {
  readonly acknowledged: number;
  readonly delivered: number;
  readonly p50: number;
  readonly p99: number;
}

const times = (values: readonly number[]): string =>
  [50, 95, 99].map((percent) => `p${percent} ${tenth(percentile(values, percent))} ms`).join(', ');

async function measureRelay(environment: Record<string, string>): Promise<Measured> {
  const target = await startTarget();
  const relay = await startProgram('relay/main.ts', {
    PORT: '0',
    RELAY_TARGETS: '127.0.0.1',
    LOG_LEVEL: 'warn',
    // All connections come from this one address, and their events within seconds.
    RELAY_REQUESTS_PER_SECOND: '100000',
    RELAY_EVENTS_PER_MINUTE: '1000000',
    ...environment,
  });
  try {
    await subscribeAll(relay.address, target);
    const warming = finishedTasks('warm', 500);
    await sendLoad(relay.address, warming.requests, { concurrency: CONCURRENCY });
    await waitForArrivals(target, warming.taskIds.length);

    target.reset();
    const flood = finishedTasks('flood', EVENTS);
    const start = performance.now();
    const acks = await sendLoad(relay.address, flood.requests, { concurrency: CONCURRENCY });
    await waitForArrivals(target, EVENTS);
    const delivered = (EVENTS * 1000) / (Math.max(...target.arrivedAt.values()) - start);
    out(`    acknowledged ${whole(acks.perSecond)}/s (${times(acks.milliseconds)})`);
    out(`    delivered ${whole(delivered)}/s`);
    verify(target, flood.taskIds, acks);

    target.reset();
    const steady = finishedTasks('steady', PACED.perSecond * PACED.seconds);
    const paced = await sendLoad(relay.address, steady.requests, {
      concurrency: CONCURRENCY,
      perSecond: PACED.perSecond,
    });
    await waitForArrivals(target, steady.taskIds.length);
    const latencies = steady.taskIds.map(
      (id, index) => (target.arrivedAt.get(id) ?? Number.NaN) - (paced.sentAt[index] ?? 0),
    );
    out(`    at ${PACED.perSecond}/s from callback to target: ${times(latencies)}`);
    verify(target, steady.taskIds, paced);
    return {
      acknowledged: acks.perSecond,
      delivered,
      p50: percentile(latencies, 50),
      p99: percentile(latencies, 99),
    };
  } finally {
    await relay.stop();
    await target.stop();
  }
}

async function measureBareRoute(): Promise<number> {
  const bare = await startProgram('scripts/bench_relay/bare_route.ts', {});
  try {
    await sendLoad(bare.address, finishedTasks('warm', 500).requests, { concurrency: CONCURRENCY });
    const { perSecond, milliseconds } = await sendLoad(
      bare.address,
      finishedTasks('bare', EVENTS).requests,
      {
        concurrency: CONCURRENCY,
      },
    );
    out(`    acknowledged ${whole(perSecond)}/s (${times(milliseconds)})`);
    return perSecond;
  } finally {
    await bare.stop();
  }
}

const databases = [
  { name: 'PGlite, in memory', url: undefined },
  ...(process.env.RELAY_TEST_DATABASE_URL
    ? [{ name: 'PostgreSQL', url: process.env.RELAY_TEST_DATABASE_URL }]
    : []),
];

out('A bare route that parses and answers');
const bare = await measureBareRoute();
for (const { name, url } of databases) {
  out(`\n${name}`);
  out('  pg-boss alone');
  const pgBoss = await measurePgBoss(url, EVENTS, CONCURRENCY);
  out(
    `    sent ${whole(pgBoss.sentPerSecond)}/s, processed ${whole(pgBoss.processedPerSecond)}/s, one job at a time each`,
  );
  out('  the relay');
  const relay = await measureRelay(url ? { DATABASE_URL: url } : { RELAY_DATA: 'memory' });
  out(
    `    ratios: acknowledged ${(relay.acknowledged / bare).toFixed(2)} × the bare route, ${(relay.acknowledged / pgBoss.sentPerSecond).toFixed(2)} × pg-boss alone; delivered ${(relay.delivered / pgBoss.processedPerSecond).toFixed(2)} × pg-boss alone`,
  );
  out(
    `    bars: p50 ${relay.p50 <= 50 ? 'within' : 'ABOVE'} 50 ms, p99 ${relay.p99 <= 500 ? 'within' : 'ABOVE'} 500 ms${url ? `, acknowledged ${relay.acknowledged >= 1000 ? 'above' : 'BELOW'} 1,000/s` : ''}`,
  );
}
const postgres = databases.find(({ url }) => url)?.url;
if (postgres) {
  out('\nA quiet connection while one attacks, on PostgreSQL');
  for (const { attack, p50, p99, lost, memory } of await measureAttacks({
    DATABASE_URL: postgres,
  })) {
    exactlyOnce &&= lost === 0;
    out(
      `    ${attack.padEnd(28)} p50 ${tenth(p50)} ms, p99 ${tenth(p99)} ms (${p99 <= 250 ? 'within' : 'ABOVE'} 250), ${lost} lost, ${whole(memory)} MB (${memory <= 400 ? 'within' : 'ABOVE'} 400)`,
    );
  }
}
if (databases.length === 1) {
  out('\nPostgreSQL: skipped, because RELAY_TEST_DATABASE_URL is not set');
}
out(`\nEvery accepted event arrived exactly once: ${exactlyOnce ? 'yes' : 'NO'}`);
process.exitCode = exactlyOnce ? 0 : 1;
