import { setTimeout as pause } from 'node:timers/promises';
import { callbackSecret, connectionId, managementToken } from '../../delivery/secret.ts';
import { measureEngine } from './engine_alone.ts';
import { fire, percentile, type Shot, type Shots } from './load.ts';
import { startProgram } from './program.ts';
import { startTarget, type Target } from './target.ts';

/**
 * `npm run bench:relay`: how fast the relay takes callbacks in and delivers them, beside a bare
 * route and beside the engine alone, all in one run. Figures depend on the machine; ratios hardly.
 */

const EVENTS = 6_000;
const TOGETHER = 64;
const PACED = { perSecond: 100, seconds: 15 };
/** So many that none gets more than 25 events a second, the most that a hook is sent. */
const CONNECTIONS = 400;

const out = (text: string) => process.stdout.write(`${text}\n`);
const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const tenth = (value: number): string => value.toFixed(1);

const SECRETS = Array.from({ length: CONNECTIONS }, (_, number) =>
  callbackSecret(`bench-key-${number}`),
);

/** Ends of tasks, one connection after the other. */
const shots = (name: string, amount: number): { taskIds: string[]; shots: Shot[] } => {
  const taskIds = Array.from({ length: amount }, (_, number) => `${name}-${number}`);
  return {
    taskIds,
    shots: taskIds.map((task_id, number) => {
      const secret = SECRETS[number % CONNECTIONS] ?? '';
      return {
        path: `/v1/callbacks/${connectionId(secret)}?reference=row-${number}`,
        headers: { 'content-type': 'application/json', 'x-webhook-secret': secret },
        body: JSON.stringify({
          task_id,
          status: 'finished',
          process_time: 30,
          meta: {
            task_type: 'imagine',
            task_request: { prompt: 'red fox in fresh snow '.repeat(8) },
          },
          task_result: { image_url: 'https://img.example.com/fox.png', task_progress: 100 },
        }),
      };
    }),
  };
};

async function subscribeAll(relay: string, target: Target): Promise<void> {
  for (let number = 0; number < CONNECTIONS; number += 1) {
    const answer = await fetch(`${relay}/v1/hooks`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${managementToken(`bench-key-${number}`)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ event: 'task.finished', target_url: `${target.url}/hook/${number}` }),
    });
    if (answer.status !== 201) {
      throw new Error(`A hook could not be subscribed: ${answer.status} ${await answer.text()}`);
    }
  }
}

/** Waits until all have arrived; gives up when nothing has come for a while. */
async function arrived(target: Target, amount: number): Promise<void> {
  let before = -1;
  for (let still = 0; target.arrivals.size < amount && still < 100; ) {
    await pause(100);
    still = target.arrivals.size === before ? still + 1 : 0;
    before = target.arrivals.size;
  }
  // A delivery that comes twice would come now.
  await pause(1_000);
}

let exactlyOnce = true;

function verify(target: Target, taskIds: readonly string[], { refused }: Shots): void {
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
    ...environment,
  });
  try {
    await subscribeAll(relay.address, target);
    const warming = shots('warm', 500);
    await fire(relay.address, warming.shots, { together: TOGETHER });
    await arrived(target, warming.taskIds.length);

    target.forget();
    const flood = shots('flood', EVENTS);
    const start = performance.now();
    const acks = await fire(relay.address, flood.shots, { together: TOGETHER });
    await arrived(target, EVENTS);
    const delivered = (EVENTS * 1000) / (Math.max(...target.arrivedAt.values()) - start);
    out(`    acknowledged ${whole(acks.perSecond)}/s (${times(acks.milliseconds)})`);
    out(`    delivered ${whole(delivered)}/s`);
    verify(target, flood.taskIds, acks);

    target.forget();
    const steady = shots('steady', PACED.perSecond * PACED.seconds);
    const paced = await fire(relay.address, steady.shots, {
      together: TOGETHER,
      perSecond: PACED.perSecond,
    });
    await arrived(target, steady.taskIds.length);
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
    await fire(bare.address, shots('warm', 500).shots, { together: TOGETHER });
    const { perSecond, milliseconds } = await fire(bare.address, shots('bare', EVENTS).shots, {
      together: TOGETHER,
    });
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
  out('  the engine alone');
  const engine = await measureEngine(url, EVENTS, TOGETHER);
  out(
    `    sent ${whole(engine.sentPerSecond)}/s, worked on ${whole(engine.workedPerSecond)}/s, one job at a time each`,
  );
  out('  the relay');
  const relay = await measureRelay(url ? { DATABASE_URL: url } : { RELAY_DATA: 'memory' });
  out(
    `    ratios: acknowledged ${(relay.acknowledged / bare).toFixed(2)} × the bare route, ${(relay.acknowledged / engine.sentPerSecond).toFixed(2)} × the engine alone; delivered ${(relay.delivered / engine.workedPerSecond).toFixed(2)} × the engine alone`,
  );
  out(
    `    bars: p50 ${relay.p50 <= 50 ? 'within' : 'ABOVE'} 50 ms, p99 ${relay.p99 <= 500 ? 'within' : 'ABOVE'} 500 ms${url ? `, acknowledged ${relay.acknowledged >= 1000 ? 'above' : 'BELOW'} 1,000/s` : ''}`,
  );
}
if (databases.length === 1) {
  out('\nPostgreSQL: skipped, for RELAY_TEST_DATABASE_URL is not set');
}
out(`\nEvery accepted event arrived exactly once: ${exactlyOnce ? 'yes' : 'NO'}`);
process.exitCode = exactlyOnce ? 0 : 1;
