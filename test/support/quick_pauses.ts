import timers from 'node:timers/promises';
import { keepDeadlines } from './slow_deadlines.ts';

/** Shorter pauses order events in the sandbox; they are not changed. */
const LONG_MILLISECONDS = 1_000;

const TIMES_AS_FAST = 20;

/**
 * Makes every pause of a second or more twenty times as short in this test file, and moves the
 * clock on by the rest. So a step polls as often, and gives up after as many seconds, as it would.
 */
export function quickPauses(): void {
  keepDeadlines();
  const { setTimeout: pause } = timers;
  const { now } = Date;
  let skipped = 0;
  const clock = () => now() + skipped;

  async function quickPause<Value>(
    milliseconds = 0,
    value?: Value,
    options?: Parameters<typeof pause>[2],
  ): Promise<Value> {
    if (milliseconds < LONG_MILLISECONDS) {
      return pause<Value>(milliseconds, value, options);
    }
    const end = clock() + milliseconds;
    const result = await pause<Value>(milliseconds / TIMES_AS_FAST, value, options);
    // Pauses that run at the same time end at the same moment.
    skipped = Math.max(skipped, end - now());
    return result;
  }

  // Not as mocks of jest, which are reset after each test: the sandbox keeps using the clock.
  beforeAll(() => {
    Date.now = clock;
    Object.assign(timers, { setTimeout: quickPause });
  });
  afterAll(() => {
    Date.now = now;
    Object.assign(timers, { setTimeout: pause });
  });
}
