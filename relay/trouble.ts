/** Something that may fail again and again, and what its failures so far come to. */
export interface Trouble {
  /** Whether it has failed for long enough, and not so long ago that it may be over. */
  isThere(): boolean;
  /**
   * @param began when that which failed began, by `performance.now()`: when something has worked
   * since, it is no news. Without it the failure is of now.
   */
  failed(began?: number): void;
  worked(): void;
}

interface Patience {
  /** Milliseconds of failing that are left to whoever tries again. */
  readonly patience: number;
  /** Who is not fed with work fails at nothing: milliseconds until a failure that was not repeated is over. */
  readonly over: number;
}

export function createTrouble({ patience, over }: Patience): Trouble {
  let failing: { readonly since: number; readonly last: number } | undefined;
  let workedAt = Number.NEGATIVE_INFINITY;
  const isOver = (last: number, now: number) => now - last > over;

  return {
    isThere() {
      const now = performance.now();
      return failing !== undefined && now - failing.since > patience && !isOver(failing.last, now);
    },
    failed(began) {
      const now = performance.now();
      if (began !== undefined && began <= workedAt) {
        return;
      }
      const since = failing && !isOver(failing.last, now) ? failing.since : now;
      failing = { since, last: now };
    },
    worked() {
      failing = undefined;
      workedAt = performance.now();
    },
  };
}
