import { CountByName } from '../count_by_name.ts';

/** Counts what is under way by name, and lets no name have more than its share. */
export interface Budget {
  /**
   * @param giveUp stops what holds the room, for somebody else; false when it is too late for that
   * @returns what gives it back, or undefined when there is no room
   */
  take(name: string, amount: number, giveUp?: () => boolean): (() => void) | undefined;
}

interface Holder {
  readonly name: string;
  readonly amount: number;
  readonly since: number;
  readonly giveUp: () => boolean;
}

export interface BudgetOptions {
  /** What one name may have of the total. */
  readonly share: number;
  /** Who has held room for as long gives it up when another needs it. */
  readonly patienceMilliseconds?: number;
}

export function createBudget(
  total: number,
  { share, patienceMilliseconds = Number.POSITIVE_INFINITY }: BudgetOptions,
): Budget {
  const taken = new CountByName();
  /** The one that has held its room for longest first. */
  const holders = new Set<Holder>();
  let sum = 0;

  function giveBack(holder: Holder): void {
    if (holders.delete(holder)) {
      sum -= holder.amount;
      taken.add(holder.name, -holder.amount);
    }
  }

  function makeRoom(amount: number): void {
    const before = performance.now() - patienceMilliseconds;
    const slow = [...holders].filter(({ since }) => since <= before);
    const most = slow.reduce((room, holder) => room + holder.amount, total - sum);
    for (const holder of most >= amount ? slow : []) {
      if (sum + amount <= total) {
        return;
      }
      if (holder.giveUp()) {
        giveBack(holder);
      }
    }
  }

  return {
    take(name, amount, giveUp = () => false) {
      if (taken.of(name) + amount > share) {
        return undefined;
      }
      makeRoom(amount);
      if (sum + amount > total) {
        return undefined;
      }
      const holder = { name, amount, giveUp, since: performance.now() };
      sum += amount;
      taken.add(name, amount);
      holders.add(holder);
      return () => giveBack(holder);
    },
  };
}
