import { createBacklog } from '../../relay/store/backlog.ts';

function backlogAt() {
  let time = 0;
  const backlog = createBacklog(() => time);
  const add = (connection: string, amount: number) => {
    for (let number = 0; number < amount; number += 1) {
      backlog.add(connection);
    }
  };
  return { backlog, add, pass: (milliseconds: number) => (time += milliseconds) };
}

test('a connection that has been given many deliveries comes later, and others do not', () => {
  const { backlog, add } = backlogAt();
  add('greedy', 199);
  expect(backlog.priorityOf('greedy')).toBe(0);
  add('greedy', 1);
  expect(backlog.priorityOf('greedy')).toBe(-1);
  add('greedy', 1_000_000);
  expect(backlog.priorityOf('greedy')).toBe(-50);
  expect(backlog.priorityOf('quiet')).toBe(0);
});

test('what it was given is forgotten by halves', () => {
  const { backlog, add, pass } = backlogAt();
  add('greedy', 1_600);
  expect(backlog.priorityOf('greedy')).toBe(-8);
  pass(5_000);
  expect(backlog.priorityOf('greedy')).toBe(-4);
  pass(14_999);
  expect(backlog.priorityOf('greedy')).toBe(-1);
  pass(60_000);
  expect(backlog.priorityOf('greedy')).toBe(0);
});
