import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import * as zod from 'zod';
import type { Database } from './database.ts';
import type { Outcome } from './delivery/attempt.ts';

export interface Metrics {
  callback(result: 'new' | 'repeated' | 'refused'): void;
  /** @param ageSeconds since the event was acknowledged */
  attempted(outcome: Outcome['kind'], ageSeconds: number): void;
  deadLettered(count: number): void;
  /** A batch of deliveries failed as a whole, or none could be fetched. */
  delivererFailed(): void;
  /** All metrics in Prometheus's text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** Waiting deliveries are counted in the database at each scrape. */
const countRow = zod.object({ count: zod.number() });

export function createMetrics(database: Database): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const callbacks = new Counter({
    name: 'relay_callbacks_total',
    help: 'Callbacks received, by result: new, repeated, refused.',
    labelNames: ['result'],
    registers,
  });
  const attempts = new Counter({
    name: 'relay_attempts_total',
    help: 'Delivery attempts, by outcome: delivered, failed, busy, gone.',
    labelNames: ['outcome'],
    registers,
  });
  const delay = new Histogram({
    name: 'relay_delivery_delay_seconds',
    help: 'Seconds from acknowledging an event to delivering it.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300, 3600],
    registers,
  });
  const dead = new Counter({
    name: 'relay_dead_letters_total',
    help: 'Deliveries that failed on every attempt.',
    registers,
  });
  const failures = new Counter({
    name: 'relay_deliverer_failures_total',
    help: 'Batches of deliveries that failed as a whole, or could not be fetched: the database is at fault.',
    registers,
  });
  new Gauge({
    name: 'relay_deliveries_waiting',
    help: 'Deliveries waiting for their next attempt.',
    registers,
    async collect() {
      // The other metrics must still be served when the database does not answer.
      const [row] = await database
        .rows(
          countRow,
          `select count(*)::integer as count from relay.delivery where state = 'waiting'`,
        )
        .catch(() => []);
      this.set(row?.count ?? Number.NaN);
    },
  });
  return {
    callback: (result) => callbacks.inc({ result }),
    attempted(outcome, ageSeconds) {
      attempts.inc({ outcome });
      if (outcome === 'delivered') {
        delay.observe(ageSeconds);
      }
    },
    deadLettered: (count) => dead.inc(count),
    delivererFailed: () => failures.inc(),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
