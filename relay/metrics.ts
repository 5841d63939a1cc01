import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import * as zod from 'zod';
import type { Database } from './database.ts';
import type { Outcome } from './delivery/attempt.ts';

export interface Metrics {
  callback(result: 'new' | 'repeated' | 'refused'): void;
  /** @param ageSeconds since the event was acknowledged */
  attempted(outcome: Outcome['kind'], ageSeconds: number): void;
  buried(count: number): void;
  /** In Prometheus's text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** How many deliveries wait is asked of the database when somebody looks. */
const waiting = zod.object({ count: zod.number() });

export function createMetrics(database: Database): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const callbacks = new Counter({
    name: 'relay_callbacks_total',
    help: 'Callbacks by what they were: new, repeated, refused.',
    labelNames: ['result'],
    registers,
  });
  const attempts = new Counter({
    name: 'relay_attempts_total',
    help: 'Attempts to deliver, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const delay = new Histogram({
    name: 'relay_delivery_delay_seconds',
    help: 'From the acknowledgement of an event to the attempt that delivered it.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300, 3600],
    registers,
  });
  const dead = new Counter({
    name: 'relay_dead_letters_total',
    help: 'Deliveries whose tries were used up.',
    registers,
  });
  new Gauge({
    name: 'relay_deliveries_waiting',
    help: 'Deliveries that wait to be made.',
    registers,
    async collect() {
      // The other figures are wanted most when the database does not answer.
      const [row] = await database
        .rows(
          waiting,
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
    buried: (count) => dead.inc(count),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
