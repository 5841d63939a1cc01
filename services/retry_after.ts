const DEFAULT_WAIT_SECONDS = 60;

const LONGEST_WAIT_SECONDS = 3600;

/** Seconds to wait, from a Retry-After header: seconds or an HTTP date. */
export function retryAfterSeconds(
  header: string | undefined | null,
  now = Date.now(),
  longest = LONGEST_WAIT_SECONDS,
): number {
  const text = header?.trim() ?? '';
  const seconds = /^\d+$/.test(text)
    ? Number(text)
    : /^[A-Z][a-z]{2},/.test(text)
      ? Math.ceil((Date.parse(text) - now) / 1000)
      : Number.NaN;
  return Number.isNaN(seconds) ? DEFAULT_WAIT_SECONDS : Math.min(longest, Math.max(1, seconds));
}
