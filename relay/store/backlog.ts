/** So many deliveries are one step down. */
const STEP = 200;

const LOWEST = -50;

const HALF_LIFE_MILLISECONDS = 5_000;

/** What each connection has been given to deliver of late: the more, the later its next turn. */
export interface Backlog {
  add(connection: string): void;
  /** 0 for most connections, and lower for one that has much to deliver. */
  priorityOf(connection: string): number;
}

/** @param now milliseconds of a clock that only goes forward */
export function createBacklog(now = () => performance.now()): Backlog {
  let counts = new Map<string, number>();
  let halvedAt = now();

  /** Each half-life halves all counts; what is nothing then takes no memory. */
  function fade(): void {
    const times = Math.floor((now() - halvedAt) / HALF_LIFE_MILLISECONDS);
    if (times > 0) {
      halvedAt += times * HALF_LIFE_MILLISECONDS;
      const left = [...counts].map(([name, count]) => [name, count / 2 ** times] as const);
      counts = new Map(left.filter(([, count]) => count >= 1));
    }
  }

  return {
    add(connection) {
      fade();
      counts.set(connection, (counts.get(connection) ?? 0) + 1);
    },
    priorityOf(connection) {
      fade();
      const steps = Math.floor((counts.get(connection) ?? 0) / STEP);
      return steps === 0 ? 0 : Math.max(LOWEST, -steps);
    },
  };
}
