import { setTimeout as pause } from 'node:timers/promises';

const LOOK_AGAIN_MILLISECONDS = 10;
// Much longer than needed, for a busy machine.
const LONGEST_SECONDS = 60;

/**
 * Waits until `look` finds something.
 * @param look returns it, or undefined or false as long as it is missing
 * @param seconds the time limit
 * @throws when it is not found in time
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
