const LARGEST = 9999;

/** `16:9`, and as people and sheets write it: `16x9`, `16 : 9`, `1.5:1`, with a full-width colon. */
const RATIO = /^(\d{1,4}(?:\.\d{1,3})?)\s*[:：∶/x×]\s*(\d{1,4}(?:\.\d{1,3})?)$/i;

/** A sheet makes a time of a ratio: `16:09:00`, `4:09:00 PM`. */
const TIME = /^(\d{1,2}):(\d{2})(?::00)?(?:\s*([ap])\.?m\.?)?$/i;

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));

function sidesIn(text: string): [width: number, height: number] | undefined {
  const time = TIME.exec(text);
  if (time) {
    const hours = time[3] ? Number(time[1]) % 12 : Number(time[1]);
    return [hours + (time[3]?.toLowerCase() === 'p' ? 12 : 0), Number(time[2])];
  }
  const ratio = RATIO.exec(text);
  return ratio ? [Number(ratio[1]), Number(ratio[2])] : undefined;
}

/**
 * A ratio of width to height as Midjourney takes it, in whole numbers: `16:9`.
 * @returns undefined for what is none, or has a side that is 0 or too long
 */
export function aspectRatioIn(text: string): string | undefined {
  const sides = sidesIn(text.trim());
  if (!sides || sides.some((side) => side === 0)) {
    return undefined;
  }
  if (sides.every(Number.isInteger)) {
    return sides.join(':');
  }
  const [width, height] = sides.map((side) => Math.round(side * 1000));
  const divisor = commonDivisor(width ?? 1, height ?? 1);
  const whole = [width, height].map((side) => (side ?? 1) / divisor);
  return whole.every((side) => side <= LARGEST) ? whole.join(':') : undefined;
}
