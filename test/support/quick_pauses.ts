import timers from 'node:timers/promises';

/** Shorter ones order what happens in the sandbox; they stay as they are. */
const LONG_MILLISECONDS = 1_000;

const TIMES_AS_FAST = 20;

/**
 * Lets every pause of a second or more pass twenty times as fast in this test file, and the clock
 * say afterwards that all of it went by: so a step asks as often, and gives up after as many
 * seconds, as it would.
 */
export function quickPauses(): void {
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
    // Several that wait at the same time wait for the same moment.
    skipped = Math.max(skipped, end - now());
    return result;
  }

  // Not as mocks of jest, which are taken back after each test: the sandbox keeps the clock.
  beforeAll(() => {
    Date.now = clock;
    Object.assign(timers, { setTimeout: quickPause });
  });
  afterAll(() => {
    Date.now = now;
    Object.assign(timers, { setTimeout: pause });
  });
}
