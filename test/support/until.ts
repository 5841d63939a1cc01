import { setTimeout as pause } from 'node:timers/promises';

const LOOK_AGAIN_MILLISECONDS = 10;
// Far longer than it takes, for a machine that has much else to do.
const LONGEST_SECONDS = 60;

/**
 * Waits until something is there.
 * @param look gives it, or undefined or false as long as it is not
 * @param seconds how long that may take
 * @throws when it does not come
 */
export async function until<Found>(
  what: string,
  look: () => Found | undefined | false | Promise<Found | undefined | false>,
  seconds = LONGEST_SECONDS,
): Promise<Found> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) {
      return found;
    }
    if (performance.now() > end) {
      throw new Error(`It never came: ${what}.`);
    }
    await pause(LOOK_AGAIN_MILLISECONDS);
  }
}
