/** Counts what is under way by name, and lets no name have more than its share. */
export interface Budget {
  /** @returns what gives it back, or undefined when there is no room */
  take(name: string, amount: number): (() => void) | undefined;
}

/** @param share what one name may have of the total */
export function createBudget(total: number, share: number): Budget {
  const taken = new Map<string, number>();
  let sum = 0;
  return {
    take(name, amount) {
      const own = taken.get(name) ?? 0;
      if (sum + amount > total || own + amount > share) {
        return undefined;
      }
      sum += amount;
      taken.set(name, own + amount);
      let isTaken = true;
      return () => {
        if (!isTaken) {
          return;
        }
        isTaken = false;
        sum -= amount;
        const left = (taken.get(name) ?? 0) - amount;
        if (left > 0) {
          taken.set(name, left);
        } else {
          taken.delete(name);
        }
      };
    },
  };
}
