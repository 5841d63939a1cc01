import { setTimeout as pause } from 'node:timers/promises';

const PAUSE_MILLISECONDS = 2_000;

/**
 * Reads every 2 s, until the result is final or another pause would pass the end. A read that fails
 * does not count: tasks that run and cost must not be lost because one read failed.
 * @param end epoch milliseconds
 * @returns what was read last; undefined when nothing could be read
 */
export async function poll<Read>(
  read: () => Promise<Read>,
  isFinal: (read: Read) => boolean,
  end: number,
): Promise<Read | undefined> {
  let last: Read | undefined;
  do {
    const now = await read().then(
      (value) => ({ value }),
      () => undefined,
    );
    last = now ? now.value : last;
    if (now && isFinal(now.value)) {
      break;
    }
  } while (Date.now() + PAUSE_MILLISECONDS < end && (await pause(PAUSE_MILLISECONDS, true)));
  return last;
}

/** How long a step polls, of the 30 s it has. */
const POLL_MILLISECONDS = 20_000;

/** Epoch milliseconds at which polling that begins now ends. @param end of the step */
export const endOfPoll = (end: number): number => Math.min(Date.now() + POLL_MILLISECONDS, end);
