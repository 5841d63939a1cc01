/** An answer that did not come within its time. */
export class Late extends Error {
  override readonly name = 'Late';
}

function throwLate(): never {
  throw new Late('No answer in time.');
}

/**
 * The answer, if it comes within so many milliseconds. The request goes on in the background:
 * Zapier ends a step after 30 s whatever it waits for, so we stop waiting first.
 * @param onLate gives what to return, or throws, when there is no answer in time
 * @throws Late unless `onLate` says otherwise
 */
export async function inTime<Answer, Fallback = never>(
  milliseconds: number,
  answer: Promise<Answer>,
  onLate: () => Fallback = throwLate,
): Promise<Answer | Fallback> {
  let timer: NodeJS.Timeout | undefined;
  // An abortable timer of node:timers/promises costs some 15 µs a call; this one less than 1 µs.
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  }).then(onLate);
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
