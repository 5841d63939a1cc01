import fc from 'fast-check';
import { createBudget } from '../../relay/api/budget.ts';
import { holds } from '../support/holds.ts';

test('one name has no more than its share, and all together no more than the total', () => {
  const budget = createBudget(10, { share: 4, patienceMilliseconds: 1e9 });
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

test('who has held room for long gives it up when another needs it, unless it is too late for that', () => {
  const budget = createBudget(10, { share: 10, patienceMilliseconds: 0 });
  const stopped: string[] = [];
  const giveUp = (name: string, can: boolean) => () => {
    stopped.push(name);
    return can;
  };
  const giveBack = budget.take('answered', 4, giveUp('answered', false));
  expect(budget.take('slow', 4, giveUp('slow', true))).toBeDefined();
  expect(budget.take('quick', 2, giveUp('quick', true))).toBeDefined();
  expect(stopped).toEqual([]);
  expect(budget.take('new', 3)).toBeDefined();
  expect(stopped).toEqual(['answered', 'slow']);
  expect(budget.take('newer', 9)).toBeUndefined();
  giveBack?.();
  expect(budget.take('last', 5)).toBeDefined();
});

test('nobody gives up room that is there, or that was taken just now', () => {
  const budget = createBudget(10, { share: 10, patienceMilliseconds: 1e9 });
  const giveUp = () => {
    throw new Error('Nobody should be asked.');
  };
  expect(budget.take('one', 9, giveUp)).toBeDefined();
  expect(budget.take('two', 1)).toBeDefined();
  expect(budget.take('three', 1)).toBeUndefined();
});

test('whatever is taken and given back, in any order, everything is free again at the end', () => {
  const takes = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(6), fc.boolean()), {
    maxLength: 40,
  });
  const balanced = fc.property(takes, (all) => {
    const budget = createBudget(12, { share: 6, patienceMilliseconds: 1e9 });
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
