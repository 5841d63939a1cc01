import { CountByName } from '../count_by_name.ts';
import type { Settings } from '../settings.ts';
import type { Usage } from '../store/connections.ts';
import { Refusal } from './errors.ts';

const MINUTE_MILLISECONDS = 60_000;

/** What one connection may use. */
export interface Quotas {
  /** Counts one event with a body of so many bytes. @throws Refusal when the connection is over one of its quotas */
  ensureRoom(connection: string, usage: Usage, bytes: number): void;
  /** Counts the deliveries that an event of the connection came to. */
  delivering(connection: string, deliveries: number): void;
}

/** Each instance counts events and deliveries a minute for itself. */
export function createQuotas({
  eventsPerMinute,
  deliveriesPerMinute,
  eventsKept,
  bytesKept,
}: Settings): Quotas {
  let minute = 0;
  let counts = new CountByName();
  let deliveries = new CountByName();

  function ofThisMinute(): void {
    const now = Math.floor(performance.now() / MINUTE_MILLISECONDS);
    if (now !== minute) {
      minute = now;
      counts = new CountByName();
      deliveries = new CountByName();
    }
  }

  return {
    delivering(connection, amount) {
      ofThisMinute();
      deliveries.add(connection, amount);
    },
    ensureRoom(connection, usage, bytes) {
      ofThisMinute();
      // Until it is read anew, what has come since counts as well.
      usage.events += 1;
      usage.bytes += bytes;
      counts.add(connection, 1);
      if (counts.of(connection) > eventsPerMinute) {
        throw new Refusal(
          429,
          'too_many_events',
          `This connection has sent ${eventsPerMinute} events in this minute. Send it again in the next. The operator sets RELAY_EVENTS_PER_MINUTE.`,
          60,
        );
      }
      if (deliveries.of(connection) >= deliveriesPerMinute) {
        throw new Refusal(
          429,
          'too_many_deliveries',
          `The events of this connection have come to ${deliveriesPerMinute} deliveries in this minute. Send it again in the next. The operator sets RELAY_DELIVERIES_PER_MINUTE.`,
          60,
        );
      }
      if (usage.events > eventsKept || usage.bytes > bytesKept) {
        throw new Refusal(
          429,
          'too_much_kept',
          'This connection has as much in store as it may. Older events go after RELAY_RETENTION_DAYS; the operator sets RELAY_EVENTS_KEPT and RELAY_MEGABYTES_KEPT.',
          3600,
        );
      }
    },
  };
}
