/** An answer that did not come within its time. */
export class Late extends Error {
  override readonly name = 'Late';
}

/**
 * The answer, if it comes within so many milliseconds. What was asked goes on in the background;
 * Zapier ends a step after 30 s whatever it waits for, so we stop waiting first.
 * @throws Late
 */
export async function inTime<Answer>(
  milliseconds: number,
  answer: Promise<Answer>,
): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Late('No answer in time.')), milliseconds);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
