import fc from 'fast-check';
import { createBudget } from '../../relay/api/budget.ts';
import { holds } from '../support/holds.ts';

test('one name has no more than its share, and all together no more than the total', () => {
  const budget = createBudget(10, 4);
  const giveBack = budget.take('a', 4);
  expect(giveBack).toBeDefined();
  expect(budget.take('a', 1)).toBeUndefined();
  expect(budget.take('b', 4)).toBeDefined();
  expect(budget.take('c', 4)).toBeUndefined();
  expect(budget.take('c', 2)).toBeDefined();
  giveBack?.();
  giveBack?.();
  expect(budget.take('d', 4)).toBeDefined();
  expect(budget.take('d', 1)).toBeUndefined();
});

test('whatever is taken and given back, in any order, everything is free again at the end', () => {
  const takes = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(6), fc.boolean()), {
    maxLength: 40,
  });
  const balanced = fc.property(takes, (all) => {
    const budget = createBudget(12, 6);
    const held: (() => void)[] = [];
    for (const [name, amount, isGivenBack] of all) {
      const giveBack = budget.take(name, amount);
      if (giveBack && isGivenBack) {
        giveBack();
      } else if (giveBack) {
        held.push(giveBack);
      }
    }
    for (const giveBack of held) {
      giveBack();
    }
    expect(['a', 'b'].map((name) => budget.take(name, 6) !== undefined)).toEqual([true, true]);
    expect(budget.take('c', 1)).toBeUndefined();
  });
  holds(balanced);
});
