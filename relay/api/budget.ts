import { CountByName } from '../count_by_name.ts';

/** Counts what is under way by name, and lets no name have more than its share. */
export interface Budget {
  /** @returns what gives it back, or undefined when there is no room */
  take(name: string, amount: number): (() => void) | undefined;
}

/** @param share what one name may have of the total */
export function createBudget(total: number, share: number): Budget {
  const taken = new CountByName();
  let sum = 0;
  return {
    take(name, amount) {
      if (sum + amount > total || taken.of(name) + amount > share) {
        return undefined;
      }
      sum += amount;
      taken.add(name, amount);
      let isTaken = true;
      return () => {
        if (!isTaken) {
          return;
        }
        isTaken = false;
        sum -= amount;
        taken.add(name, -amount);
      };
    },
  };
}
