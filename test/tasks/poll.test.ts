import { endOfPoll, poll } from '../../tasks/poll.ts';

// The pauses between reads run on the clock that jest can wind.
jest.mock('node:timers/promises', () => ({
  setTimeout: (milliseconds: number, value: unknown) =>
    new Promise((resolve) => globalThis.setTimeout(resolve, milliseconds, value)),
}));

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
});
afterEach(() => {
  jest.useRealTimers();
});

/** Polls for 7 s what gives these one after the other. */
async function polled(reads: readonly (string | Error)[], end = 7_000) {
  const times: number[] = [];
  const read = async () => {
    const now = reads[times.push(Date.now()) - 1] ?? 'more';
    if (now instanceof Error) {
      throw now;
    }
    return now;
  };
  const polling = poll(read, (now) => now === 'end', end);
  await jest.advanceTimersByTimeAsync(60_000);
  return { last: await polling, times };
}

const LOST = new Error('The read failed.');

test('it reads every two seconds until the result is final', async () => {
  expect(await polled(['running', 'running', 'end', 'never read'])).toEqual({
    last: 'end',
    times: [0, 2_000, 4_000],
  });
});

test('a read that fails does not count', async () => {
  expect(await polled([LOST, 'running', LOST, 'end'])).toEqual({
    last: 'end',
    times: [0, 2_000, 4_000, 6_000],
  });
});

test('it ends before another pause would pass the end, with what was read last', async () => {
  expect(await polled(['first', 'second', 'third', LOST])).toEqual({
    last: 'third',
    times: [0, 2_000, 4_000, 6_000],
  });
});

test('nothing is known when no read succeeded', async () => {
  expect(await polled([LOST, LOST], 3_000)).toEqual({ last: undefined, times: [0, 2_000] });
});

test('it reads once though the time is up', async () => {
  expect(await polled(['running'], 0)).toEqual({ last: 'running', times: [0] });
});

test('it takes 20 s, or what is left of the step', () => {
  expect(endOfPoll(60_000)).toBe(20_000);
  expect(endOfPoll(12_000)).toBe(12_000);
});
